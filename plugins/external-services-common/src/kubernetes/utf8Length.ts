/**
 * Length of a text in UTF-8 bytes, the unit of every length limit of Kubernetes.
 * A lone surrogate counts as the three bytes of U+FFFD, as Go's encoder writes it.
 *
 * @public
 */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      bytes += 1;
    } else if (unit < 0x800) {
      bytes += 2;
    } else if (
      isHighSurrogate(unit) &&
      isLowSurrogate(text.charCodeAt(i + 1))
    ) {
      bytes += 4;
      i += 1;
    } else {
      bytes += 3;
    }
  }
  return bytes;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
