import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** All packages that a module imports at run time, through all modules of this package. */
function packagesOf(entry: string): Set<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) {
      return;
    }
    seen.add(file);
    const source = readFileSync(file, 'utf8');
    const imports = source.matchAll(
      /^(?:import|export) (?!type )[^;]*?from '([^']+)'/gm,
    );
    for (const [, name] of imports) {
      if (!name.startsWith('.')) {
        packages.add(name);
        continue;
      }
      const target = resolve(dirname(file), name);
      visit(`${target}.ts`);
    }
  };
  visit(resolve(__dirname, entry));
  return packages;
}

describe('entries of the package', () => {
  it('keeps the parser out of what a card loads', () => {
    expect([...packagesOf('index.ts')].sort()).toEqual([
      '@backstage/plugin-catalog-common/alpha',
      '@backstage/plugin-permission-common',
      'zod',
    ]);
  });

  it('has the parser, and nothing of Node or React, behind /yaml', () => {
    expect([...packagesOf('yaml/index.ts')]).toEqual(['js-yaml']);
  });
});
