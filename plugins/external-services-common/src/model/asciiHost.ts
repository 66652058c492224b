/**
 * A host name as DNS asks for it: lower case, without the trailing dot,
 * international letters as punycode. What is no host name stays as it is, but
 * for its case.
 */
export function asciiHost(text: string): string {
  const name = text.toLowerCase().replace(/\.$/, '');
  // Only letters beyond ASCII need the platform, which reads much else as a host too.
  if (!/[^\0-\x7f]/.test(name) || /[^a-z0-9.\-\u0080-\u{10ffff}]/u.test(name)) {
    return name;
  }
  try {
    return new URL(`http://${name}/`).hostname.replace(/\.$/, '');
  } catch (error) {
    // No international name either: left for others to refuse.
    return name;
  }
}
