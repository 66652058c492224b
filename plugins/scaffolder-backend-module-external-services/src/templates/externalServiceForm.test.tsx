/**
 * @jest-environment @backstage/cli-module-test-jest/config/jest-environment-jsdom
 */
import '@testing-library/jest-dom';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { TemplateParameterSchema } from '@backstage/plugin-scaffolder-react';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import { fireEvent, screen, within } from '@testing-library/react';
import userEvent, {
  PointerEventsCheckLevel,
} from '@testing-library/user-event';
import { readTemplate } from '../__testUtils__/readTemplate';

jest.setTimeout(60_000);

beforeEach(() => {
  // Half of the time went into matching every style sheet with every element for
  // its name; what a sheet hides is for the tests in a browser.
  jest
    .spyOn(window, 'getComputedStyle')
    .mockImplementation(element => (element as HTMLElement).style);
});

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
  const user = userEvent.setup({
    delay: null,
    // The stock form lets every pointer through, and asking for its styles takes seconds.
    pointerEventsCheck: PointerEventsCheckLevel.Never,
  });
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
    });

    await form.press('Open pull request');
    expect(form.sent()).toEqual({
      component: 'component:default/orders',
      service: {
        kind: 'dns',
        leadsTo: { dev: 'db.dev.example.com', prod: 'db.example.com' },
        protocol: 'postgresql',
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
      dnsSettings: {},
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
      addressSettings: {},
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

  it('stops at a wrong entry and says above the form what to enter instead', async () => {
    const form = await openForm();
    form.enter('leadsTo_dev', 'https://db.example.com:5432/x');
    await form.pick('protocol', 'PostgreSQL');

    await form.press('Next');

    expect(messages()).toEqual([
      'Enter only the host name. Leave out https://, port and path.',
    ]);
  });

  it('takes an entry back that is cleared', async () => {
    const form = await openForm();
    form.enter('leadsTo_dev', 'db.dev.example.com');
    form.enter('leadsTo_dev', '');
    form.enter('leadsTo_prod', 'db.example.com');
    form.enter('name', 'db');
    form.enter('name', '');
    await form.pick('protocol', 'PostgreSQL');
    await form.review();

    await form.press('Open pull request');
    expect(form.sent().service).toEqual({
      kind: 'dns',
      leadsTo: { prod: 'db.example.com' },
      protocol: 'postgresql',
    });
  });

  it('stops where nothing leads anywhere', async () => {
    const form = await openForm();
    await form.pick('protocol', 'PostgreSQL');

    await form.press('Next');

    expect(messages()).toEqual([
      expect.stringMatching(/^Enter a host name, for example db.example.com/),
    ]);
  });

  it('takes more ports, and shows them', async () => {
    const form = await openForm();
    form.enter('leadsTo_dev', 'db.example.com');
    await form.pick('protocol', 'PostgreSQL');
    form.enter('dnsSettings_morePorts', 'admin 9090\n9091/udp\n');

    expect(await form.review()).toMatchObject({
      'More ports': 'admin 9090\n9091/udp\n',
    });
  });

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
