/**
 * Gives the document a clipboard that can be read back. Call it after
 * `userEvent.setup()`, which brings one that does not work in this jsdom.
 */
export function installClipboard(): { text: string } {
  const clipboard = { text: '' };
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: {
      writeText: async (text: string) => {
        clipboard.text = text;
      },
    },
  });
  return clipboard;
}
