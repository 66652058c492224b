/** True when the text holds the name by itself, not as a part of another. */
export function hasWord(text: string, name: string): boolean {
  const isPart = (char: string | undefined) => /[-a-z0-9]/i.test(char ?? ' ');
  let at = text.indexOf(name);
  while (at >= 0) {
    if (!isPart(text[at - 1]) && !isPart(text[at + name.length])) {
      return true;
    }
    at = text.indexOf(name, at + 1);
  }
  return false;
}
