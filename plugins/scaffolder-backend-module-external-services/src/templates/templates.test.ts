import { templateEntityV1beta3Validator } from '@backstage/plugin-scaffolder-common';
import request from 'supertest';
import { readTemplate } from '../__testUtils__/readTemplate';
import { startPortal } from '../__testUtils__/startPortal';

const NAMES = ['external-service', 'external-service-repository'];

describe.each(NAMES)('the template %s', name => {
  const template = readTemplate(name);

  it('is a template the catalog takes', async () => {
    expect(await templateEntityV1beta3Validator.check(template)).toBe(true);
  });

  it('has a name of its own for every row of the review page', () => {
    const pages = [template.spec.parameters ?? []].flat();
    const service = pages.flatMap(page =>
      branchesOf(
        (page as { properties: { service?: object } }).properties.service,
      ),
    );
    expect(service).toHaveLength(2);
    for (const branch of service) {
      const names = reviewNames([
        ...pages.map(page => withoutService(page)),
        branch,
      ]);
      expect(names).toEqual([...new Set(names)]);
      expect(names).toEqual(
        expect.arrayContaining(['Component', 'Leads to', 'Speaks', 'Files']),
      );
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
    const used = NAMES.flatMap(name =>
      readTemplate(name).spec.steps.map(({ action }) => action),
    );
    expect(installed).toEqual(expect.arrayContaining(used));
  } finally {
    await portal.stop();
  }
});

function branchesOf(service: object | undefined): object[] {
  return service ? (service as { oneOf: object[] }).oneOf : [];
}

function withoutService(page: object): object {
  const { properties } = page as { properties: Record<string, object> };
  const { service: _service, ...others } = properties;
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
