import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  STATE_CODES,
  type StateCode,
} from '@external-services/backstage-plugin-external-services-common';
import { RequestFailure } from '../api/RequestFailure';
import { FakeExternalServicesApi } from '../__testUtils__/FakeExternalServicesApi';
import { mappingInState } from '../__fixtures__/mappingInState';
import {
  addressLine,
  ago,
  emptyResponse,
  ENVIRONMENTS,
  line,
  mapping,
  repository,
  response,
  unresolvedLine,
} from '../__fixtures__/mappings';
import {
  externalApi,
  invalidMapping,
  partnerApi,
  twelveServices,
} from '../__fixtures__/services';
import { installClipboard } from '../__testUtils__/installClipboard';
import { renderCard } from '../__testUtils__/renderCard';
import { STORIES } from '../__fixtures__/stories';

const card = () => screen.getByRole('region', { name: 'External services' });
const rows = () => screen.getAllByRole('heading', { level: 4 });
const row = (name: RegExp) =>
  within(screen.getByRole('heading', { level: 4, name })).getByRole('button');
const story = (name: string) => {
  const { answer, failure } = STORIES[name];
  return answer?.() ?? failure ?? 'never';
};

describe('ExternalServicesCard', () => {
  beforeEach(() => {
    localStorage.clear();
    // On a busy machine a minute may pass between a fixture and its sentence.
    jest.spyOn(Date, 'now').mockReturnValue(Date.now());
  });
  afterEach(() => jest.restoreAllMocks());

  it('counts the services of all pages, and says what is beyond the first', async () => {
    await renderCard(response({ total: 240 }));
    expect(screen.getAllByText('240 services')[0]).toBeInTheDocument();
    expect(
      screen.getByText('and 239 more services, none worse than these'),
    ).toBeVisible();
  });

  it('says of a healthy service among many where production leads, its kind and its port', async () => {
    const names = ['a', 'b', 'c', 'd'];
    await renderCard(response({ items: names.map(name => mapping({ name })) }));
    expect(row(/^a\b/)).toHaveTextContent(
      /DNS alias · port 5432 prod db\.example\.com and 1 more/i,
    );
  });

  it('names itself in an h3 and its services in h4s, inside lists', async () => {
    await renderCard(response());

    expect(
      screen.getByRole('heading', { level: 3, name: 'External services' }),
    ).toBeVisible();
    expect(
      screen.getByRole('region', { name: 'External services' }),
    ).toBeInTheDocument();
    expect(rows()).toHaveLength(1);
    const lines = screen.getByRole('list', {
      name: 'Environments of external-db',
    });
    expect(within(lines).getAllByRole('listitem')).toHaveLength(2);
  });

  it('says a state that all environments share once, and at most two addresses', async () => {
    await renderCard(response());

    expect(screen.getAllByText('Resolves')).toHaveLength(1);
    expect(screen.getByText('203.0.113.7')).toBeVisible();
    expect(screen.getByText('203.0.113.8')).toBeVisible();
    expect(screen.queryByText('203.0.113.9')).not.toBeInTheDocument();
    expect(screen.getByText(/and 2 more/)).toBeVisible();
  });

  it('puts the worst service on top and names state and environment', async () => {
    await renderCard(
      response({ items: [partnerApi(), externalApi(), mapping()] }),
    );

    expect(rows()[0]).toHaveTextContent(
      /^partner-api\.shop DNS alias · port 443 Does not resolve in prod$/,
    );
    expect(
      screen.getAllByText('3 services, 1 needs attention')[0],
    ).toBeInTheDocument();
    expect(screen.getByText(/no such name for 14 min/)).toBeVisible();
  });

  it('shows all lines of up to three services', async () => {
    await renderCard(
      response({ items: [partnerApi(), externalApi(), mapping()] }),
    );

    expect(
      screen.getAllByRole('list', { name: /^Environments of/ }),
    ).toHaveLength(3);
  });

  it('shows five of twelve services, healthy ones in one line, and the rest in the card', async () => {
    await renderCard(response({ items: twelveServices() }));

    expect(rows()).toHaveLength(5);
    expect(
      screen.getAllByRole('list', { name: /^Environments of/ }),
    ).toHaveLength(1);
    expect(screen.getByText('mail.example.com')).toBeVisible();
    expect(screen.getByText('7 more, none needs attention')).toBeVisible();

    await userEvent.click(screen.getByRole('button', { name: 'Show all 12' }));
    expect(rows()).toHaveLength(12);

    await userEvent.click(screen.getByRole('button', { name: 'Show fewer' }));
    expect(rows()).toHaveLength(5);
  });

  it('folds more than four environments and says that none of them is worse', async () => {
    const environments = ['dev', 'test', 'perf', 'staging', 'prod'];
    await renderCard(
      response({
        items: [
          mapping({
            lines: environments.map(name =>
              (name === 'prod' ? unresolvedLine : line)({
                environment: { name, title: name, production: name === 'prod' },
              }),
            ),
          }),
        ],
      }),
    );

    expect(screen.getByText('prod')).toBeVisible();
    expect(
      screen.getByText('and 2 more environments, none needs attention'),
    ).toBeVisible();
    expect(screen.queryByText('staging')).not.toBeInTheDocument();
  });

  it.each<[StateCode, string, RegExp]>([
    [
      'invalid',
      'Invalid',
      /^Problem in the repository: The cluster would refuse db\.yaml:31: spec\.ports\[1\]\.name: Required value/,
    ],
    [
      'not-allowed',
      'Not allowed',
      /^Problem in the repository: The rules of your organisation do not allow db\.example\.com in prod\./,
    ],
    [
      'not-applied',
      'Not applied',
      /^Problem in the cluster: prod-us does not have external-db\./,
    ],
    [
      'unresolved',
      'Does not resolve',
      /^Problem in DNS: db\.example\.com: DNS server did not answer, since .*\(14 min\)\./,
    ],
    [
      'unreachable',
      'Cannot connect',
      /^Problem at the target or on the way to it: 203\.0\.113\.7 port 5432 did not answer in 3 s\./,
    ],
    [
      'certificate',
      'Certificate fails',
      /^Problem with the certificate: It does not cover external-db\.payments\.svc\.cluster\.local\./,
    ],
    [
      'drifted',
      'Differs',
      /^Problem in the cluster: prod-us runs 203\.0\.113\.9; the repository says 203\.0\.113\.2\./,
    ],
    [
      'answers-differ',
      'Answers differ',
      /^Problem in DNS: the portal sees 203\.0\.113\.7; prod-eu sees 10\.8\.0\.12\./,
    ],
    [
      'expiring',
      'Certificate ends soon',
      /^Problem with the certificate: It ends in 12 days, on /,
    ],
    [
      'undeclared',
      'Not in repository',
      /^Problem in the repository: prod-eu runs it; no file of orders declares it\./,
    ],
    [
      'has-warnings',
      'Has warnings',
      /^Problem in the repository: 2 warnings; the first: port name/,
    ],
    [
      'unknown',
      'Unknown',
      /^prod-us has not answered yet: the connection was refused/,
    ],
    [
      'rolling-out',
      'Rolling out',
      /^Merged 2 min\. ago\. prod-eu has until .* before this counts as a problem\./,
    ],
    ['checking', 'Checking', /^First check is running\./],
    [
      'proposed',
      'Proposed',
      /^Waits for pull request 42, opened 1 hr\. ago by guest\./,
    ],
    [
      'declared',
      'Declared',
      /^Stands in the repository\. No cluster is connected to compare\.Everything that can be checked from here agrees\. Not checked: Cluster, DNS, Connection, and Certificate\./,
    ],
    [
      'resolves',
      'Resolves',
      /^db\.example\.com has 4 addresses\. No cluster is connected to compare\.Everything that can be checked from here agrees\. Not checked: Cluster, Connection, and Certificate\./,
    ],
    ['in-sync', 'In sync', /^Repository, prod-eu, prod-us and DNS agree\./],
  ])('state %s says "%s" and its sentence', async (state, word, sentence) => {
    await renderCard(response({ items: [mappingInState(state)] }));

    expect(rows()[0]).toHaveTextContent(word);
    await userEvent.click(row(/external-db/));
    const checks = await screen.findByRole('list', {
      name: 'Checks of external-db',
    });
    const verdict = checks.previousElementSibling;
    expect(verdict).toHaveTextContent(sentence);
  });

  it('shows every state with an icon of its own', async () => {
    const seen = new Set<string>();
    await renderCard(
      response({
        items: STATE_CODES.map(state => ({
          ...mappingInState(state),
          id: state,
        })),
      }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Show all 18' }));
    rows().forEach(heading => {
      const icon = heading.querySelector('[data-state] svg path');
      seen.add(icon?.getAttribute('d') ?? '');
    });

    expect(seen.size).toBe(STATE_CODES.length);
  });

  it('opens a row on its worst environment, with five checks in order', async () => {
    await renderCard(response({ items: [partnerApi()] }));
    await userEvent.click(row(/partner-api/));

    const checks = await screen.findByRole('list', { name: /^Checks of/ });
    expect(screen.getByRole('radio', { name: 'prod' })).toBeChecked();
    const items = within(checks).getAllByRole('listitem');
    expect(items).toHaveLength(5);
    expect(items[0]).toHaveTextContent(
      /Repository.*leads to api\.partner\.example, port 443.*external-db\.yaml:3.*seen from example\.org\/shop\/orders 4 min\. ago/,
    );
    expect(items[1]).toHaveTextContent(
      'Not checked: no cluster is connected to this portal.',
    );
    expect(items[2]).toHaveTextContent(
      /DNS.*api\.partner\.example.*eu\.edge\.example.*no such name.*seen from the portal 9 sec\. ago.*last good 203\.0\.113\.7 at/,
    );
    expect(items[3]).toHaveTextContent(
      'Not checked: there is no address to connect to.',
    );
    expect(items[4]).toHaveTextContent('Not checked: there is no connection.');

    await userEvent.click(screen.getByRole('radio', { name: 'dev' }));
    expect(items[2]).toHaveTextContent(
      /sandbox\.partner\.example.*198\.51\.100\.4/,
    );
    expect(
      within(checks).getAllByText(
        'Not checked: this portal looks up names and opens no connections.',
      ),
    ).toHaveLength(2);
  });

  it('says that fixed addresses are used without DNS, and never "In sync" without a cluster', async () => {
    await renderCard(
      response({ items: [mapping({ lines: [addressLine()] })] }),
    );
    await userEvent.click(row(/external-db/));
    const checks = await screen.findByRole('list', { name: /^Checks of/ });

    expect(within(checks).getAllByRole('listitem')[2]).toHaveTextContent(
      'Not checked: fixed addresses are used without DNS.',
    );
    expect(screen.queryByText(/In sync/)).not.toBeInTheDocument();
  });

  it('explains a declaration that is wrong in three ways, with file and line', async () => {
    await renderCard(story('wrong'));

    expect(rows()[0]).toHaveTextContent('Invalid and 2 more');
    expect(
      screen.getByText('spec.ports[1].name: Required value'),
    ).toBeVisible();
    expect(screen.getByText('db.yaml:31')).toBeVisible();
    await userEvent.click(row(/billing-db/));
    const checks = await screen.findByRole('list', { name: /^Checks of/ });
    expect(checks).toHaveTextContent('Give every port a name. db.yaml:31');
    expect(checks).toHaveTextContent('Write the host name only. db.yaml:25');
  });

  it('keeps the word of stale evidence, says its age, and turns green neutral', async () => {
    await renderCard(story('stale'));

    const problem = screen.getByText('Does not resolve (seen 31 min. ago)');
    expect(problem.parentElement).toHaveAttribute('data-tone', 'danger');
    const healthy = screen.getByText('In sync 31 min. ago');
    expect(healthy.parentElement).toHaveAttribute('data-tone', 'neutral');
  });

  it('shows a skeleton of two services, and next time of as many as there were', async () => {
    await renderCard('never');

    const loading = screen.getByText('External services are loading');
    expect(loading.parentElement?.children).toHaveLength(1 + 2);
    expect(card()).toHaveAttribute('aria-busy', 'true');
  });

  it('remembers the number of services for the skeleton of the next visit', async () => {
    localStorage.setItem(
      'external-services:count:component:default/orders',
      '4',
    );
    await renderCard('never');

    const loading = screen.getByText('External services are loading');
    expect(loading.parentElement?.children).toHaveLength(1 + 4);
  });

  it('shows what it had on the last visit at once', async () => {
    await renderCard(
      new FakeExternalServicesApi('never', response({ seenAt: ago(3600) })),
    );

    expect(rows()).toHaveLength(1);
    expect(screen.getAllByText('1 hr. ago')[0]).toBeInTheDocument();
  });

  it('offers a component without services two ways, the first with the component filled in', async () => {
    await renderCard(story('not-set-up'));

    expect(screen.getByText('No external services yet')).toBeVisible();
    expect(
      screen.getByText(
        'Does orders use a database or an API outside the cluster? Give it one name for all environments.',
      ),
    ).toBeVisible();
    const add = screen.getByRole('link', { name: 'Add an external service' });
    const url = new URL(add.getAttribute('href')!, 'http://portal');
    expect(url.pathname).toBe('/create/templates/default/external-service');
    expect(JSON.parse(url.searchParams.get('formData')!)).toEqual({
      component: 'component:default/orders',
    });
    expect(
      screen.getByRole('button', { name: 'Connect existing files' }),
    ).toBeVisible();
  });

  it('offers no form where there is no template', async () => {
    const answer = emptyResponse(
      repository({
        repository: {
          ...repository().repository!,
          mode: 'conventional',
          files: [],
        },
      }),
    );
    await renderCard({ ...answer, actions: { refresh: false, templates: {} } });

    expect(screen.getByText('No external services yet')).toBeVisible();
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Check now' }),
    ).not.toBeInTheDocument();
  });

  it('shows and copies the line that connects existing files', async () => {
    const user = userEvent.setup();
    const clipboard = installClipboard();
    await renderCard(story('not-set-up'));
    await user.click(
      screen.getByRole('button', { name: 'Connect existing files' }),
    );

    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(
      'Add this line to catalog-info.yaml of orders. Paths start at that file’s folder; * stands for any name.',
    );
    const text = 'external-services/manifests: deploy/*.yaml';
    expect(within(dialog).getByText(text)).toBeVisible();
    expect(
      within(dialog).getByRole('link', { name: 'Open catalog-info.yaml' }),
    ).toHaveAttribute(
      'href',
      'https://example.org/shop/orders/edit/main/catalog-info.yaml',
    );
    await user.click(within(dialog).getByRole('button', { name: 'Copy' }));
    expect(clipboard.text).toBe(text);

    await user.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: 'Connect existing files' }),
      ).toHaveFocus(),
    );
  });

  it('says which files were not found, and where to mend that', async () => {
    await renderCard(story('files-not-found'));

    expect(screen.getByText('The files were not found')).toBeVisible();
    expect(card()).toHaveTextContent(
      'catalog-info.yaml points to deploy/external/*.yaml; branch main has no such file.',
    );
    expect(
      screen.getByRole('link', { name: 'Open catalog-info.yaml' }),
    ).toBeVisible();
  });

  it('shows the services that were found beside the files that were not', async () => {
    await renderCard(story('some-files-not-found'));

    expect(screen.getByText('The files were not found')).toBeVisible();
    expect(rows()).toHaveLength(1);
  });

  it('lists the files in which nothing is external', async () => {
    await renderCard(story('nothing-external'));

    expect(
      screen.getByText('No external service in these files'),
    ).toBeVisible();
    expect(card()).toHaveTextContent('2 files were read from deploy/*.yaml.');
    await userEvent.click(
      screen.getByRole('button', { name: 'Show the files' }),
    );
    expect(
      within(
        screen.getByRole('list', { name: 'Files that were read' }),
      ).getAllByRole('listitem'),
    ).toHaveLength(2);
  });

  it('tells services that run from files that are not connected', async () => {
    await renderCard(story('undeclared'));

    expect(
      screen.getByText(
        '2 services run for orders, but its catalog-info.yaml names no files.',
      ),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Connect existing files' }),
    ).toBeVisible();
  });

  it('says that permission is missing, and shows nothing else', async () => {
    localStorage.setItem(
      'external-services:count:component:default/orders',
      '4',
    );
    await renderCard(story('no-permission'));

    expect(screen.getByText('You cannot see these mappings')).toBeVisible();
    expect(card()).toHaveTextContent(
      'You may open orders, but not its external services. Ask your platform team for the permission external-services.mapping.read.',
    );
    expect(
      screen.queryByRole('button', { name: 'Check now' }),
    ).not.toBeInTheDocument();
    expect(
      localStorage.getItem('external-services:count:component:default/orders'),
    ).toBeNull();
  });

  it('blames the portal for its own fault, and tries again without a reload', async () => {
    const user = userEvent.setup();
    const clipboard = installClipboard();
    const api = await renderCard(story('portal-failure'));

    const alert = screen.getByRole('alert');
    expect(alert).toHaveTextContent('External services could not be loaded');
    expect(alert).toHaveTextContent(
      'This is a problem of the portal, not of orders. Its server cannot be reached.',
    );
    await user.click(screen.getByRole('button', { name: 'Copy error' }));
    expect(clipboard.text).toContain('unreachable: TypeError: Failed to fetch');

    api.answer = response();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { level: 4 })).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(card()).toHaveFocus();
  });

  it.each<[RequestFailure['kind'], object, string]>([
    ['timeout', { seconds: 15 }, 'Its server did not answer in 15 s.'],
    ['status', { status: 500 }, 'Its server answered with status 500.'],
    [
      'not-installed',
      { status: 404 },
      'Its server does not know external services (status 404).',
    ],
    [
      'not-found',
      { status: 404 },
      'Its server does not find this component in the catalog.',
    ],
    [
      'too-many',
      { seconds: 7 },
      'Its server has too much to do. Try again in 7 seconds.',
    ],
    ['unusable', {}, 'Its server gave an answer that this page cannot read.'],
    ['signed-out', { status: 401 }, 'Your sign-in has expired. Sign in again.'],
  ])(
    'gives the reason of a portal fault: %s',
    async (kind, details, reason) => {
      await renderCard(new RequestFailure(kind, details));

      expect(screen.getByRole('alert')).toHaveTextContent(reason);
    },
  );

  it('keeps showing what was read while the repository cannot be read', async () => {
    await renderCard(story('repository-unreadable'));

    expect(screen.getByText('The repository cannot be read')).toBeVisible();
    expect(card()).toHaveTextContent(
      'example.org answered: 403, the token has expired. Shown is what was read 31 min. ago.',
    );
    expect(rows()).toHaveLength(1);
  });

  it('names the sources that did not answer, and shows the rest as usual', async () => {
    await renderCard(story('partial-failure'));

    expect(screen.getByText('1 of 4 sources did not answer')).toBeVisible();
    expect(
      screen.getByText(
        /^prod-us cannot be reached since .*Its lines show what was seen then\.$/,
      ),
    ).toBeVisible();
    expect(rows()).toHaveLength(2);
    await userEvent.click(screen.getByRole('button', { name: 'Show sources' }));
    expect(
      within(screen.getByRole('list', { name: 'Sources' })).getAllByRole(
        'listitem',
      ),
    ).toHaveLength(4);
  });

  it('names a file that cannot be read, and shows the services of the others', async () => {
    await renderCard(story('broken-file'));

    expect(screen.getByText('1 problem in the files')).toBeVisible();
    expect(screen.getByText('external-services/broken.yaml:12')).toBeVisible();
    expect(rows()).toHaveLength(1);
  });

  it('decodes international names', async () => {
    await renderCard(
      response({
        items: [
          mapping({
            lines: [line({ target: { dnsName: 'xn--bcher-kva.example' } })],
          }),
        ],
      }),
    );

    expect(screen.getByText('bücher.example')).toBeVisible();
  });

  it('shows the punycode of an international name beside it in the panel', async () => {
    const name = 'xn--bcher-kva.example';
    await renderCard(
      response({
        items: [
          mapping({
            lines: [
              line({
                target: { dnsName: name },
                resolution: {
                  status: 'resolved',
                  viewpoint: 'the portal',
                  chain: [],
                  addresses: [{ address: '203.0.113.7', ttl: 60 }],
                },
              }),
            ],
          }),
        ],
      }),
    );
    expect(screen.queryByText(name)).not.toBeInTheDocument();

    await userEvent.click(row(/external-db/));

    expect(await screen.findByText(name)).toBeVisible();
  });

  it('tells apart lines of the same environment', async () => {
    await renderCard(
      response({
        items: [
          mapping({
            lines: [
              line({ environment: ENVIRONMENTS.prod }),
              unresolvedLine({ environment: ENVIRONMENTS.prod }),
            ],
          }),
        ],
      }),
    );
    await userEvent.click(row(/external-db/));

    const [first, second] = await screen.findAllByRole('radio', {
      name: 'prod',
    });
    expect(second).toBeChecked();
    await userEvent.click(first);
    expect(first).toBeChecked();
  });

  it('copies the full name from the row and says so for a moment', async () => {
    const user = userEvent.setup();
    const clipboard = installClipboard();
    await renderCard(response());
    await user.click(
      screen.getByRole('button', {
        name: 'Copy name external-db.payments.svc.cluster.local',
      }),
    );

    expect(clipboard.text).toBe('external-db.payments.svc.cluster.local');
    expect(screen.getByRole('button', { name: 'Copied' })).toBeVisible();
  });

  it('copies name with port and a summary from the panel', async () => {
    const user = userEvent.setup();
    const clipboard = installClipboard();
    await renderCard(response({ items: [partnerApi()] }));
    await user.click(row(/partner-api/));
    await user.click(
      await screen.findByRole('button', {
        name: 'Copy name with port partner-api.shop.svc.cluster.local:443',
      }),
    );
    expect(clipboard.text).toBe('partner-api.shop.svc.cluster.local:443');

    await user.click(screen.getByRole('button', { name: 'Copy summary' }));
    const summary = clipboard.text;
    expect(summary).toMatch(
      /^partner-api\.shop \(orders, prod\): Does not resolve since /,
    );
    expect(summary).toContain(
      '✖ DNS: api.partner.example → eu.edge.example → no such name (the portal, ',
    );
    expect(summary).toContain(
      '– Cluster: Not checked: no cluster is connected',
    );
    expect(summary).toContain('Last good answer: 203.0.113.7 at ');
    expect(summary).toContain('No owner is known for api.partner.example.');
    expect(summary).toContain('https://example.org/shop/orders/blob/main');
  });

  it('says what is wrong in the files once above the checks and once among the findings', async () => {
    await renderCard(response({ items: [invalidMapping()] }));
    await userEvent.click(row(/billing-db/));

    expect(
      await screen.findAllByText(/spec\.ports\[1\]\.name: Required value/),
    ).toHaveLength(2);
  });

  it('says that the namespace is left to the deployment', async () => {
    await renderCard(response({ items: [mapping({ namespace: undefined })] }));
    await userEvent.click(row(/external-db/));

    expect(
      await screen.findByText('in the namespace it is deployed to'),
    ).toBeVisible();
  });

  it('shows the YAML on demand', async () => {
    await renderCard(response());
    await userEvent.click(row(/external-db/));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show YAML' }),
    );

    const yaml = screen.getByRole('region', { name: 'YAML of external-db' });
    await waitFor(() =>
      expect(yaml).toHaveTextContent('externalName: db.example.com'),
    );
    expect(yaml).toHaveAttribute('translate', 'no');
  });

  it('leads from the row to the forms with what is known filled in', async () => {
    await renderCard(response());
    await userEvent.click(
      screen.getByRole('button', { name: 'Actions for external-db' }),
    );

    for (const [name, template] of [
      ['Change target…', 'external-service-retarget'],
      ['Remove…', 'external-service-remove'],
    ]) {
      const item = await screen.findByRole('menuitem', { name });
      const href = new URL(item.getAttribute('href')!, 'http://portal');
      expect(href.pathname).toBe(`/create/templates/default/${template}`);
      expect(JSON.parse(href.searchParams.get('formData')!)).toEqual({
        component: 'component:default/orders',
        name: 'external-db',
        namespace: 'payments',
      });
    }
  });

  it('has a row menu with what is possible and nothing else', async () => {
    await renderCard(response({ actions: { refresh: true, templates: {} } }));
    await userEvent.click(
      screen.getByRole('button', { name: 'Actions for external-db' }),
    );

    const items = await screen.findAllByRole('menuitem');
    expect(items.map(item => item.textContent)).toEqual(['Open in repository']);
    expect(items[0]).toHaveAttribute(
      'href',
      expect.stringContaining('external-db.yaml#L3'),
    );
  });

  it('opens and closes all rows from the menu', async () => {
    await renderCard(response({ items: [partnerApi(), mapping()] }));
    await userEvent.click(screen.getByRole('button', { name: 'More' }));
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Open all' }),
    );
    expect(
      await screen.findAllByRole('list', { name: /^Checks of/ }),
    ).toHaveLength(2);

    await userEvent.click(screen.getByRole('button', { name: 'More' }));
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Close all' }),
    );
    expect(
      screen.queryByRole('list', { name: /^Checks of/ }),
    ).not.toBeInTheDocument();
  });

  it('explains its words', async () => {
    await renderCard(response());
    await userEvent.click(screen.getByRole('button', { name: 'More' }));
    await userEvent.click(
      await screen.findByRole('menuitem', {
        name: 'What do these words mean?',
      }),
    );

    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText('Not in repository')).toBeVisible();
    expect(dialog).toHaveTextContent('(EndpointSlice)');
  });

  it('works with the keyboard alone', async () => {
    const user = userEvent.setup();
    await renderCard(response());

    const order = [
      'Check now',
      'More',
      /external-db\.payments/,
      /^Copy name/,
      'Actions for external-db',
    ];
    screen.getByRole('button', { name: 'Check now' }).focus();
    for (const name of order) {
      expect(document.activeElement).toHaveAccessibleName(name);
      await user.tab();
    }
    row(/external-db\.payments/).focus();
    await user.keyboard('{Enter}');
    expect(
      await screen.findByRole('list', { name: /^Checks of/ }),
    ).toBeVisible();
    await user.keyboard(' ');
    expect(
      screen.queryByRole('list', { name: /^Checks of/ }),
    ).not.toBeInTheDocument();

    screen.getByRole('button', { name: 'Actions for external-db' }).focus();
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('menu')).toBeVisible();
    await user.keyboard('{Escape}');
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: 'Actions for external-db' }),
      ).toHaveFocus(),
    );
  });

  it('keeps the order while the focus is in the card, and sorts when asked', async () => {
    const user = userEvent.setup();
    const api = await renderCard(
      response({ items: [mapping(), { ...externalApi() }] }),
    );
    screen.getByRole('button', { name: 'More' }).focus();
    api.answer = response({
      items: [
        { ...externalApi(), state: 'unresolved', lines: [unresolvedLine()] },
        mapping(),
      ],
    });
    await act(async () => {
      document.dispatchEvent(new Event('visibilitychange'));
    });

    expect(await screen.findByText('Order changed.')).toBeVisible();
    expect(rows()[0]).toHaveTextContent('external-db');
    await user.click(screen.getByRole('button', { name: 'Sort again' }));
    expect(rows()[0]).toHaveTextContent('external-api');
    expect(screen.queryByText('Order changed.')).not.toBeInTheDocument();
    expect(card()).toContainElement(document.activeElement as HTMLElement);
  });
});
