"""Pictures of pages, small: Chromium takes them and reduces their colours to a palette."""

import base64
import struct
import zlib

from playwright.sync_api import Page

REDUCE = """
async (png) => {
  const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) || 0) + 1);
  const palette = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 64).map(([pixel]) => pixel);
  const places = new Map(palette.map((pixel, place) => [pixel, place]));
  const apart = (a, b) => [0, 8, 16].reduce(
    (sum, bit) => sum + (((a >> bit) & 255) - ((b >> bit) & 255)) ** 2, 0);
  for (const pixel of counts.keys()) {
    if (places.has(pixel)) continue;
    let best = 0;
    palette.forEach((other, place) => {
      if (apart(pixel, other) < apart(pixel, palette[best])) best = place;
    });
    places.set(pixel, best);
  }
  let text = "";
  for (let i = 0; i < pixels.length; i++) text += String.fromCharCode(places.get(pixels[i]));
  return { width, height, palette, indexes: btoa(text) };
}
"""
"""Colours that are seldom give way to the nearest of the frequent ones."""


def take_picture(page: Page) -> bytes:
    """Return a page from top to bottom as a PNG with a palette."""
    whole = page.screenshot(full_page=True, animations="disabled")
    blank = page.context.browser.new_page()  # the page's own policy forbids what is done here
    try:
        reduced = blank.evaluate(REDUCE, base64.b64encode(whole).decode())
    finally:
        blank.close()
    return _png(reduced["width"], reduced["height"], reduced["palette"], reduced["indexes"])


def _png(width: int, height: int, palette: list[int], indexes: str) -> bytes:
    """Write a PNG of eight bits a pixel; a pixel of the palette is 0xAABBGGRR."""
    rows = base64.b64decode(indexes)
    lines = b"".join(b"\0" + rows[at : at + width] for at in range(0, len(rows), width))
    colours = b"".join(struct.pack("<I", pixel & 0xFFFFFFFF)[:3] for pixel in palette)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [
            _chunk(b"IHDR", head),
            _chunk(b"PLTE", colours),
            _chunk(b"IDAT", zlib.compress(lines, 9)),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
