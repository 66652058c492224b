/**
 * @jest-environment @backstage/cli-module-test-jest/config/jest-environment-jsdom
 */
import '@testing-library/jest-dom';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { TemplateParameterSchema } from '@backstage/plugin-scaffolder-react';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { readTemplate } from '../__testUtils__/readTemplate';

jest.setTimeout(60_000);

const DNS = 'A DNS name, such as db.example.com';
const ADDRESSES = 'One or more IP addresses, such as 203.0.113.1';

/** The stock form of the scaffolder, opened by the card's link. */
async function openForm() {
  const template = readTemplate('external-service');
  const pages = [template.spec.parameters ?? []].flat();
  const manifest = {
    title: template.metadata.title,
    presentation: template.spec.presentation,
    steps: pages.map(schema => ({ title: String(schema.title), schema })),
  } as TemplateParameterSchema;
  const onCreate = jest.fn();
  await renderInTestApp(
    <Stepper
      manifest={manifest}
      extensions={[]}
      onCreate={onCreate}
      initialState={{ component: 'component:default/orders' }}
    />,
  );
  const user = userEvent.setup({ delay: null });
  const fieldOf = (id: string) =>
    document.getElementById(`root_service_${id}`) as HTMLInputElement;
  return {
    /** What the task would be started with, as it is sent. */
    sent: () => JSON.parse(JSON.stringify(onCreate.mock.calls[0][0])),
    has: (id: string) => fieldOf(id) !== null,
    choose: (kind: string) => user.click(screen.getByLabelText(kind)),
    enter: (id: string, text: string) =>
      fireEvent.change(fieldOf(id), { target: { value: text } }),
    async pick(id: string, option: string) {
      fireEvent.mouseDown(fieldOf(id));
      await user.click(await screen.findByRole('option', { name: option }));
    },
    tick: (id: string) => user.click(fieldOf(id)),
    press: (name: string) => user.click(screen.getByRole('button', { name })),
    async review() {
      await user.click(screen.getByRole('button', { name: 'Next' }));
      await screen.findByLabelText('Title');
      await user.click(screen.getByRole('button', { name: 'Review' }));
      await screen.findByRole('button', { name: 'Open pull request' });
      return Object.fromEntries(
        screen
          .getAllByRole('row')
          .map(row => within(row).getAllByRole('cell'))
          .map(([title, value]) => [title.textContent, value.textContent]),
      );
    },
  };
}

describe('the form of the template external-service', () => {
  beforeAll(() => {
    window.scrollTo = jest.fn();
    // What the stock form itself says about React and about its own schema.
    jest.spyOn(console, 'error').mockImplementation();
    jest.spyOn(console, 'warn').mockImplementation();
  });
  afterAll(() => jest.restoreAllMocks());

  it('needs three entries for a database in two environments', async () => {
    const form = await openForm();
    form.enter('leadsTo_dev', 'db.dev.example.com');
    form.enter('leadsTo_prod', 'db.example.com');
    await form.pick('protocol', 'PostgreSQL');

    expect(await form.review()).toEqual({
      Component: 'component:default/orders',
      'Leads to': 'dev: db.dev.example.comprod: db.example.com',
      Speaks: 'PostgreSQL',
      'More ports': '',
    });

    await form.press('Open pull request');
    expect(form.sent()).toEqual({
      component: 'component:default/orders',
      service: {
        kind: 'dns',
        leadsTo: { dev: 'db.dev.example.com', prod: 'db.example.com' },
        protocol: 'postgresql',
        dnsSettings: { morePorts: [] },
      },
    });
  });

  it('leaves nothing of IP addresses behind when a DNS name is chosen after all', async () => {
    const form = await openForm();
    await form.choose(ADDRESSES);
    form.enter('addresses_dev', '203.0.113.1\n203.0.113.2');
    await form.pick('protocol', 'PostgreSQL');
    form.enter('addressSettings_targetPort', '15432');
    await form.tick('addressSettings_headless');
    await form.pick('addressSettings_endpoints', 'Old form (Endpoints)');

    await form.choose(DNS);
    expect(form.has('addresses_dev')).toBe(false);
    form.enter('leadsTo_dev', 'db.dev.example.com');

    const rows = await form.review();
    expect(Object.keys(rows)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/address|target|direct/i)]),
    );
    expect(rows).toMatchObject({
      'Leads to': 'dev: db.dev.example.com',
      Speaks: 'PostgreSQL',
    });

    await form.press('Open pull request');
    expect(form.sent().service).toEqual({
      kind: 'dns',
      leadsTo: { dev: 'db.dev.example.com' },
      protocol: 'postgresql',
      dnsSettings: { morePorts: [] },
    });
  });

  it('leaves nothing of a DNS name behind when IP addresses are chosen after all', async () => {
    const form = await openForm();
    form.enter('leadsTo_dev', 'db.dev.example.com');
    form.enter('leadsTo_prod', 'db.example.com');

    await form.choose(ADDRESSES);
    form.enter('addresses_prod', '203.0.113.1\n203.0.113.2');
    await form.pick('protocol', 'HTTP');

    expect((await form.review())['Leads to']).toBe(
      'prod: 203.0.113.1\n203.0.113.2',
    );

    await form.press('Open pull request');
    expect(form.sent().service).toEqual({
      kind: 'addresses',
      addresses: { prod: '203.0.113.1\n203.0.113.2' },
      protocol: 'http',
      addressSettings: { morePorts: [] },
    });
  });

  it('keeps the branch and its values on the way back', async () => {
    const form = await openForm();
    await form.choose(ADDRESSES);
    form.enter('addresses_prod', '203.0.113.1');
    await form.pick('protocol', 'HTTP');
    await form.review();

    await form.press('Back');
    await form.press('Back');

    expect(screen.getByLabelText(ADDRESSES)).toBeChecked();
    expect(screen.getByDisplayValue('203.0.113.1')).toBeInTheDocument();
  });

  it('says that certificates will not fit for HTTPS with a DNS name, and only then', async () => {
    const note = /the target shows a certificate for its own name/;
    const form = await openForm();
    expect(screen.queryByText(note)).not.toBeInTheDocument();

    await form.pick('protocol', 'HTTPS');
    expect(screen.getByText(note)).toBeInTheDocument();

    await form.choose(ADDRESSES);
    expect(screen.queryByText(note)).not.toBeInTheDocument();
  });

  it.each([
    ['leadsTo_dev', '', 'Enter a host name, for example db.example.com.'],
    [
      'leadsTo_dev',
      'https://db.example.com:5432/x',
      /^Enter only the host name\./,
    ],
    ['leadsTo_dev', 'db.example.com:5432', /^The port has its own field\./],
    ['leadsTo_dev', '203.0.113.1', /^This is an IP address\./],
    ['leadsTo_dev', '2001:db8::1', /^This is an IP address\./],
    ['leadsTo_dev', 'DB.example.com', /^Host names are lower case\./],
    ['leadsTo_dev', 'my_db.example.com', /^A host name has letters/],
    ['leadsTo_dev', '*.example.com', /^A host name has letters/],
    ['leadsTo_dev', 'db .example.com', /^A host name has letters/],
    ['leadsTo_dev', 'db', /^This name has no domain/],
    [
      'leadsTo_dev',
      'db.shop.svc.cluster.local',
      /^This leads to another service/,
    ],
    ['leadsTo_dev', 'db-.example.com', /^Between its dots/],
    ['port', '70000', 'Enter a port from 1 to 65535.'],
    ['port', '0', 'Enter a port from 1 to 65535.'],
    [
      'name',
      'External_DB',
      /^Use lower-case letters, digits and hyphens; start/,
    ],
    [
      'dnsSettings_namespace',
      'My Shop',
      /^Use lower-case letters, digits and hyphens; at/,
    ],
  ])('stops at %s = "%s" of a DNS name', async (id, text, message) => {
    const form = await openForm();
    form.enter(
      'leadsTo_prod',
      id === 'leadsTo_dev' && !text ? '' : 'db.example.com',
    );
    await form.pick('protocol', 'PostgreSQL');
    form.enter(id, text);

    await form.press('Next');
    expect(messages()).toEqual([expect.stringMatching(message)]);
  });

  it.each([
    [
      'addresses_dev',
      '',
      'Enter at least one address, for example 203.0.113.1.',
    ],
    ['addresses_dev', 'db.example.com', /^This is a DNS name/],
    ['addresses_dev', '203.0.113.1\ndb.example.com', /^This is a DNS name/],
    ['addresses_dev', '203.0.113.1:5432', /^The port has its own field\./],
    ['addresses_dev', '203.0.113.0/24', /^Enter only addresses/],
    ['addresses_dev', '203.0.113', /^This is not an IP address/],
    ['addresses_dev', '203.0.113.256', /^This is not an IP address/],
    [
      'addresses_dev',
      '127.0.0.1',
      /^This address always means the machine itself/,
    ],
    ['addresses_dev', '::1', /^This address always means the machine itself/],
    ['addresses_dev', '169.254.169.254', /^This is a link-local address/],
    ['addresses_dev', 'fe80::1', /^This is a link-local address/],
    ['addressSettings_targetPort', '70000', 'Enter a port from 1 to 65535.'],
  ])('stops at %s = "%s" of IP addresses', async (id, text, message) => {
    const form = await openForm();
    await form.choose(ADDRESSES);
    form.enter('addresses_prod', text ? '203.0.113.7' : '');
    await form.pick('protocol', 'PostgreSQL');
    form.enter(id, text);

    await form.press('Next');
    expect(messages()).toEqual([expect.stringMatching(message)]);
  });

  it.each([
    ['db.example.com'],
    ['db.example.com.'],
    ['xn--bcher-kva.example'],
    ['1.db.example.com'],
  ])('takes the DNS name %s', async text => {
    const form = await openForm();
    form.enter('leadsTo_dev', text);
    await form.pick('protocol', 'PostgreSQL');

    expect(await form.review()).toMatchObject({ 'Leads to': `dev: ${text}` });
  });

  it.each([['203.0.113.1, 203.0.113.2'], ['2001:db8::1\n203.0.113.1']])(
    'takes the addresses %s',
    async text => {
      const form = await openForm();
      await form.choose(ADDRESSES);
      form.enter('addresses_dev', text);
      await form.pick('protocol', 'PostgreSQL');

      expect(await form.review()).toMatchObject({ 'Leads to': `dev: ${text}` });
    },
  );

  it('asks for the port where the protocol has no usual one', async () => {
    const form = await openForm();
    form.enter('leadsTo_dev', 'db.example.com');
    await form.pick('protocol', 'other TCP');

    expect(screen.getByLabelText(/^Port/)).toBeRequired();
  });
});

/** The list above the form, without the path of the field. */
function messages(): string[] {
  return screen
    .queryAllByRole('listitem')
    .map(item => /^'[^']*' (.*)$/.exec(item.textContent ?? '')?.[1])
    .filter(text => text !== undefined);
}
