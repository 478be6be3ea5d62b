"""Words: what means something in each format, to be put where it does not belong.

In:     nothing.
Out:    tuples of bytes.
"""

from __future__ import annotations

XML = (
    b"<item>", b"</item>", b"<entry>", b"<title>", b"</title>", b"<link href='//x'/>", b"<pubDate>", b"</rss>",
    b"<feed>", b"<content type='html'>", b"<description>", b"xml:base='http://'",
    b"<?xml version='1.0' encoding='utf-16'?>", b"<!ENTITY a SYSTEM 'file:///etc/passwd'>", b"&a;",
    b"<rss version='2.0'>", b"<dc:date>", b"<guid isPermaLink='true'>",
)  # fmt: skip
HTML = (
    b"<p>", b"</p>", b"<div>", b"<article>", b"<table><tr><td>", b"<script>", b"<!--", b"<meta charset='x'>",
    b"<svg>", b"<template>", b"<title>", b"<h1>", b"<a href='#'>", b"<br/>", b"<base href='//'>", b"<math>",
    b"<time datetime='x'>",
)  # fmt: skip
ROW = (
    b'"', b"text", b"title", b"published", b"url", b",", b"\n", b"\t", b"\r\n", b'"a\nb"', b"\xef\xbb\xbf",
)  # fmt: skip
JSON = (
    b"{", b"}", b"[", b"]", b'"text":', b'"published":', b'"document":', b'"evidence":', b"null", b"true", b"1e999",
    b"-0", b'"\\ud800"', b'"\\u0000"', b"NaN", b'"start":', b'"kind":',
)  # fmt: skip
WARC = (
    b"WARC/1.0\r\n", b"WARC/1.1\r\n", b"WARC-Type: response\r\n", b"Content-Length: 99999\r\n",
    b"Content-Length: -1\r\n", b"Content-Length: 0\r\n", b"\r\n\r\n", b"HTTP/1.1 200 OK\r\n",
    b"Transfer-Encoding: chunked\r\n", b"0\r\n\r\n", b"Content-Encoding: gzip\r\n", b"Content-Encoding: br\r\n",
    b"WARC-Date: 0001-01-01T00:00:00Z\r\n", b"ffffffffff\r\n",
)  # fmt: skip
MAIL = (
    b"Content-Type: multipart/mixed; boundary=x\n", b"--x\n", b"--x--\n", b"Content-Transfer-Encoding: base64\n",
    b"\n\n", b"Content-Type: text/html; charset=utf-7\n", b"Date: Tue, 31 Feb 0001 99:99:99 +9999\n", b"From: <@>\n",
    b"Content-Type: message/rfc822\n", b"Content-Disposition: attachment; filename*=utf-8''%00\n",
    b"Subject: =?a?b?c?=\n",
)  # fmt: skip
TEXT = (
    b"OSLO, May 7 (Reuters) - ", b"May 7, 2024", b"7/5/2024", b"Published:", b" | ", b"\n\n", b"- ", b"1. ",
    b"Share this", b"\xe2\x80\x94", b"\xc2\xa9 2024", b"the of and ", b"## ", b"NAIROBI:", b"12:30 GMT", b"\t", b".",
    b'"', b"x" * 700,
)  # fmt: skip
DATE = (
    b"2024", b"-", b"/", b".", b"May", b" 7", b"31", b"02", b"T09:30", b"Z", b"+03:00", b"GMT", b",", b";",
)  # fmt: skip
ADDRESS = (
    b"https://", b"[", b"]", b"@", b":", b"/", b"?", b"#", b"%", b"::1", b"www.", b"utm_source=a&", b"..",
)  # fmt: skip
ROBOTS = (
    b"User-agent: ", b"Disallow: ", b"Allow: ", b"*", b"$", b"/", b"Crawl-delay: ", b"\n", b"#", b"%2F", b"***" * 99,
)  # fmt: skip
TOML = (
    b"[[source]]\n", b"name", b"feed", b"folder", b"every", b" = ", b'"2h"', b'"""', b"\n", b"{", b"}", b"~",
    b"\\u0000",
)  # fmt: skip
PDF = (
    b"/Kids [2 0 R]", b"/Parent 2 0 R", b"/Count 999999999", b"/Length 99999999", b"stream\n", b"endobj\n",
    b"/Filter /FlateDecode", b"/Filter [/ASCIIHexDecode /LZWDecode]", b"<<", b">>", b"(", b")", b" Tf", b" Td",
    b" Tj", b"BT ", b"ET ", b"/Encrypt 1 0 R",
)  # fmt: skip
