import { templateEntityV1beta3Validator } from '@backstage/plugin-scaffolder-common';
import request from 'supertest';
import { readTemplate, TEMPLATES } from '../__testUtils__/readTemplate';
import { startPortal } from '../__testUtils__/startPortal';

jest.setTimeout(60_000);

describe.each(TEMPLATES)('the template %s', name => {
  it('is a template the catalog takes', async () => {
    const template = readTemplate(name);
    expect(await templateEntityV1beta3Validator.check(template)).toBe(true);
    expect(template.metadata.name).toBe(name);
  });
});

describe.each([
  ['external-service', 'service', ['Component', 'Leads to', 'Speaks', 'Files']],
  [
    'external-service-repository',
    'service',
    ['Component', 'Leads to', 'Speaks', 'Files'],
  ],
  [
    'external-service-retarget',
    'change',
    ['Component', 'Name in the cluster', 'Leads to', 'Port'],
  ],
])('the form of %s', (name, choice, rows) => {
  const template = readTemplate(name);

  it('has a name of its own for every row of the review page', () => {
    const pages = [template.spec.parameters ?? []].flat();
    const branches = pages.flatMap(page =>
      branchesOf(propertiesOf(page)[choice]),
    );
    expect(branches).toHaveLength(2);
    for (const branch of branches) {
      const names = reviewNames([
        ...pages.map(page => without(propertiesOf(page), choice)),
        branch,
      ]);
      expect(names).toEqual([...new Set(names)]);
      expect(names).toEqual(expect.arrayContaining(rows));
    }
  });
});

it('every action of the templates is installed', async () => {
  const portal = await startPortal({});
  try {
    const { body } = await request(portal.server).get(
      '/api/scaffolder/v2/actions',
    );
    const installed = body.map((action: { id: string }) => action.id);
    const used = TEMPLATES.flatMap(name =>
      readTemplate(name).spec.steps.map(({ action }) => action),
    );
    expect(installed).toEqual(expect.arrayContaining(used));
  } finally {
    await portal.stop();
  }
});

function propertiesOf(page: object): Record<string, object | undefined> {
  return (page as { properties: Record<string, object> }).properties;
}

function branchesOf(field: object | undefined): object[] {
  return field ? (field as { oneOf: object[] }).oneOf : [];
}

function without(properties: Record<string, unknown>, name: string): object {
  const { [name]: _, ...others } = properties;
  return others;
}

/** Names given to fields, wherever they stand. */
function reviewNames(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, item]) =>
    key === 'ui:backstage'
      ? [item.review?.name].filter(Boolean)
      : reviewNames(item),
  );
}
