"""How the encoder is made: examples from `training/data`, training in torch, export to ONNX. Never imported by src/."""
