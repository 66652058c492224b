import type { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

const FOLDER = resolve(__dirname, '../../../../templates');

/** Names of all templates of this repository. */
export const TEMPLATES = readdirSync(FOLDER).sort();

/** Reads a template of this repository, as the catalog would. */
export function readTemplate(name: string): TemplateEntityV1beta3 {
  return parse(readFileSync(resolve(FOLDER, name, 'template.yaml'), 'utf8'));
}
