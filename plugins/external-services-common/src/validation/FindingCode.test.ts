import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { FINDING_CODES } from './FindingCode';

const PAGES = resolve(__dirname, '../../../../docs/findings');

function page(name: string): string {
  return readFileSync(resolve(PAGES, `${name}.md`), 'utf8');
}

describe('FINDING_CODES', () => {
  it('has each code once', () => {
    expect(new Set(FINDING_CODES).size).toBe(FINDING_CODES.length);
  });

  it('has a page for each code, and no other page', () => {
    const pages = readdirSync(PAGES)
      .map(file => file.replace(/\.md$/, ''))
      .filter(name => name !== 'README');
    expect(pages.sort()).toEqual([...FINDING_CODES].sort());
  });

  it.each(FINDING_CODES)('explains %s in full, and lists it', code => {
    const text = page(code);
    expect(text).toContain(`\`${code}\` · `);
    for (const heading of [
      'What it means',
      'Why it matters',
      'How to fix it',
    ]) {
      expect(text).toMatch(new RegExp(`## ${heading}\n\n\\S`));
    }
    expect(page('README')).toContain(`(${code}.md)`);
  });
});
