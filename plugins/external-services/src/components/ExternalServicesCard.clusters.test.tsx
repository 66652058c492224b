import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  cluster,
  clusterLine,
  clusterSource,
  driftedCluster,
  driftedLine,
  undeclaredLine,
} from '../__fixtures__/clusters';
import {
  DEV,
  addresses,
  ago,
  checks,
  line,
  mapping,
  repository,
  response,
} from '../__fixtures__/mappings';
import { renderCard } from '../__testUtils__/renderCard';

const row = () => screen.getByRole('button', { name: /^external-db/ });
const open = async () => {
  await userEvent.click(row());
  const shown = await screen.findByRole('list', {
    name: 'Checks of external-db',
  });
  const [, clusterCheck] = within(shown)
    .getAllByRole('listitem')
    .filter(item => item.parentElement === shown);
  return {
    verdict: shown.previousElementSibling as HTMLElement,
    check: clusterCheck,
  };
};
const show = (...lines: ReturnType<typeof clusterLine>[]) =>
  renderCard(response({ items: [mapping({ lines })] }));

describe('ExternalServicesCard with clusters', () => {
  it('names no cluster on a line while all agree', async () => {
    await show(clusterLine());
    expect(row()).toHaveTextContent('In sync');
    expect(screen.queryByText('prod-us')).not.toBeInTheDocument();

    const { verdict, check } = await open();
    expect(verdict).toHaveTextContent(
      'Repository, prod-eu, prod-us and DNS agree.',
    );
    expect(check).toHaveTextContent('prod-eu and prod-us run the same.');
    expect(within(check).queryByRole('table')).not.toBeInTheDocument();
  });

  it('names each cluster with its word on a line where they disagree', async () => {
    await show(driftedLine());
    expect(row()).toHaveTextContent('Differs in prod-us');
    const states = screen.getByRole('list', { name: 'Clusters' });
    expect(
      within(states)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual(['prod-eu In sync', 'prod-us Differs']);
  });

  it('shows what differs field by field, the likely reason and its page', async () => {
    await show(driftedLine());
    const { verdict, check } = await open();
    expect(verdict).toHaveTextContent(
      'Problem in the cluster: prod-us runs 203.0.113.9; the repository says 203.0.113.2.',
    );
    const table = within(check).getByRole('table', {
      name: 'What differs in prod-us',
    });
    const [head, body] = within(table).getAllByRole('row');
    expect(
      within(head)
        .getAllByRole('columnheader')
        .map(cell => cell.textContent),
    ).toEqual(['field', 'repository', 'prod-us', 'since']);
    expect(body).toHaveTextContent(/^addresses203\.0\.113\.2203\.0\.113\.9/);
    expect(check).toHaveTextContent(
      'Likely reason: Argo CD 3 does not apply address lists by default.',
    );
    expect(
      within(check).getByRole('link', { name: /^Details: Argo CD 3/ }),
    ).toHaveAttribute(
      'href',
      expect.stringMatching(/\/docs\/findings\/argo-cd-exclusion\.md$/),
    );
  });

  it('says words and not codes for what is no name', async () => {
    await show(
      driftedLine({
        clusters: [
          driftedCluster({
            differences: [
              { field: 'headless', declared: 'true', live: 'false' },
              { field: 'kind', declared: 'dns-alias', live: 'fixed-addresses' },
              { field: 'addresses', declared: '203.0.113.1', live: '' },
            ],
            reasons: [],
            since: undefined,
          }),
        ],
      }),
    );
    const { check } = await open();
    expect(
      within(check)
        .getAllByRole('row')
        .map(one => one.textContent),
    ).toEqual([
      'fieldrepositoryprod-us',
      'direct addresses (headless)yesno',
      'kindDNS aliasFixed addresses',
      'addresses203.0.113.1nothing',
    ]);
  });

  it('says which clusters do not have a service', async () => {
    await show(
      clusterLine({
        state: 'not-applied',
        sync: 'notApplied',
        clusters: [
          cluster({ sync: 'notApplied', reasons: ['missing-service'] }),
          cluster({ title: 'prod-us', sync: 'notApplied' }),
        ],
        reasons: [
          { state: 'not-applied', params: { cluster: 'prod-eu', count: 2 } },
        ],
      }),
    );
    expect(row()).toHaveTextContent('Not applied');
    const { verdict, check } = await open();
    expect(verdict).toHaveTextContent(
      'Problem in the cluster: prod-eu and prod-us do not have external-db.',
    );
    expect(check).toHaveTextContent(
      'but the Service that it belongs to is not.',
    );
  });

  it('says until when a change may take', async () => {
    await show(
      clusterLine({
        state: 'rolling-out',
        sync: 'notApplied',
        clusters: [
          cluster({
            sync: 'notApplied',
            since: ago(120),
            rollingOutUntil: ago(-780),
          }),
        ],
        reasons: [
          {
            state: 'rolling-out',
            params: {
              cluster: 'prod-eu',
              mergedAt: ago(120),
              until: ago(-780),
            },
          },
        ],
      }),
    );
    expect(row()).toHaveTextContent('Rolling out');
    const { verdict } = await open();
    expect(verdict).toHaveTextContent(
      /^Merged 2 min\. ago\. prod-eu has until .* before this counts as a problem\./,
    );
  });

  it('says of a silent cluster why nothing is known', async () => {
    await show(
      clusterLine({
        state: 'unknown',
        sync: 'unknown',
        clusters: [
          cluster({
            title: 'prod-us',
            sync: 'unknown',
            silence: 'certificate',
            seenAt: undefined,
          }),
        ],
        reasons: [
          {
            state: 'unknown',
            code: 'certificate',
            params: { source: 'prod-us' },
          },
        ],
      }),
    );
    expect(row()).toHaveTextContent(/Unknown$/);
    const { verdict, check } = await open();
    expect(verdict).toHaveTextContent(
      'Nothing is known of prod-us: its certificate is not accepted.',
    );
    expect(check).toHaveTextContent(
      'prod-us: its certificate is not accepted.',
    );
  });

  it('says of a service what the clusters say that answer, and names the other beside it', async () => {
    const silence = {
      state: 'unknown' as const,
      code: 'unreachable',
      params: { source: 'prod-us', count: 1 },
    };
    await show(
      clusterLine({
        sync: 'unknown',
        clusters: [
          cluster(),
          cluster({
            title: 'prod-us',
            sync: 'unknown',
            silence: 'unreachable',
          }),
        ],
        reasons: [
          { state: 'in-sync', params: { clusters: 'prod-eu' } },
          silence,
        ],
      }),
      clusterLine({
        environment: { name: 'stg', title: 'Staging', production: false },
        state: 'unknown',
        sync: 'unknown',
        clusters: [cluster({ sync: 'unknown', silence: 'unreachable' })],
        reasons: [silence],
      }),
    );
    expect(row()).toHaveTextContent(/In sync prod-us and 1 more unknown$/);
    const [word, beside] = within(row())
      .getAllByText(/In sync|unknown/)
      .map(text => text.closest('[data-tone]'));
    expect(word).toHaveAttribute('data-tone', 'success');
    expect(beside).toHaveAttribute('data-tone', 'neutral');

    const { verdict, check } = await open();
    expect(verdict).toHaveTextContent(
      /Repository, prod-eu and DNS agree\..*Also:Nothing is known of prod-us: it cannot be reached\./,
    );
    expect(check).toHaveTextContent(/Clusterprod-eu runs the same\./);
  });

  it('says which environment is unknown beside the state of the others', async () => {
    await show(
      clusterLine(),
      clusterLine({ environment: DEV }),
      clusterLine({
        environment: { name: 'stg', title: 'Staging', production: false },
        state: 'unknown',
        clusters: [cluster({ sync: 'unknown', silence: 'timeout' })],
        reasons: [
          { state: 'unknown', code: 'timeout', params: { source: 'prod-eu' } },
        ],
      }),
    );
    expect(row()).toHaveTextContent(/In sync Staging unknown$/);
  });

  it('says of DNS that answers nothing that it is the portal, and shows the last good answers', async () => {
    await renderCard(
      response({
        items: [
          mapping({
            lines: [
              line({
                environment: DEV,
                state: 'unknown',
                reasons: [
                  {
                    state: 'unknown',
                    code: 'viewpoint-silent',
                    params: { source: 'the portal', target: 'db.example.com' },
                  },
                ],
                resolution: {
                  status: 'unanswered',
                  failure: 'no-answer',
                  viewpoint: 'the portal',
                  chain: [],
                  addresses: [],
                  since: ago(60),
                  checkedAt: ago(5),
                  lastGood: {
                    addresses: addresses('203.0.113.7'),
                    at: ago(90),
                  },
                },
                checks: checks({
                  dns: {
                    result: 'notChecked',
                    notCheckedReason: 'viewpoint-silent',
                  },
                }),
              }),
            ],
          }),
        ],
        sources: [
          repository(),
          {
            id: 'dns:portal',
            kind: 'dns',
            title: 'the portal',
            status: 'failed',
            failure: 'no-answer',
            seenAt: ago(90),
          },
        ],
      }),
    );
    expect(
      screen
        .getByText('1 of 2 sources did not answer')
        .closest('[role="status"]'),
    ).toHaveTextContent(
      /DNS answers nothing that is asked from the portal, since .*This is a problem of the portal, not of the services/,
    );
    expect(row()).toHaveTextContent(/Unknown$/);
    expect(
      screen.getByRole('list', { name: 'Environments of external-db' }),
    ).toHaveTextContent(
      /db\.example\.com leads to last good 203\.0\.113\.7 at /,
    );
    const { verdict } = await open();
    expect(verdict).toHaveTextContent(
      'This is a problem of the portal, not of db.example.com.',
    );
    expect(verdict).not.toHaveTextContent('Problem in');
  });

  it('turns green into neutral with an age, and leaves the other cluster as it is', async () => {
    await show(
      clusterLine({
        stale: true,
        seenAt: ago(31 * 60),
        clusters: [
          cluster(),
          cluster({
            title: 'prod-us',
            stale: true,
            silence: 'unreachable',
            seenAt: ago(31 * 60),
          }),
        ],
      }),
    );
    const states = screen.getByRole('list', { name: 'Clusters' });
    expect(states).toHaveTextContent(
      'prod-eu In syncprod-us In sync 31 min. ago',
    );
    const [fresh, old] = within(states)
      .getAllByText(/In sync/)
      .map(word => word.closest('[data-tone]'));
    expect(fresh).toHaveAttribute('data-tone', 'success');
    expect(old).toHaveAttribute('data-tone', 'neutral');
  });

  it('says on the name of a service how old its oldest agreement is', async () => {
    await show(
      clusterLine(),
      clusterLine({ stale: true, seenAt: ago(31 * 60) }),
    );
    expect(row()).toHaveTextContent(/In sync 31 min. ago$/);
  });

  it('says that a cluster source did not answer, since when and why', async () => {
    await renderCard(
      response({
        items: [mapping({ lines: [clusterLine()] })],
        sources: [
          repository(),
          clusterSource(),
          clusterSource({
            title: 'prod-us',
            status: 'failed',
            failure: 'unreachable',
            error: 'It cannot be reached',
          }),
          clusterSource({
            title: 'prod-ap',
            status: 'failed',
            failure: 'unauthorised',
            error: 'It does not accept the credentials of the portal',
          }),
        ],
      }),
    );
    const alert = screen
      .getByText('2 of 4 sources did not answer')
      .closest('[role="status"]');
    expect(alert).toHaveTextContent(
      /prod-us cannot be reached since .*\. Its lines show what was seen then\./,
    );
    expect(alert).toHaveTextContent(
      /prod-ap: it does not accept the credentials of the portal, since /,
    );
  });

  it('shows an error as a warning while an accepted version runs', async () => {
    await show(
      clusterLine({
        state: 'invalid',
        reasons: [
          {
            state: 'invalid',
            tone: 'warning',
            params: { file: 'db.yaml', line: 3, message: 'wrong', count: 1 },
          },
        ],
      }),
    );
    const label = within(row()).getByText('Invalid').closest('[data-tone]');
    expect(label).toHaveAttribute('data-tone', 'warning');
    const { verdict } = await open();
    expect(verdict).toHaveAttribute('data-tone', 'warning');
  });

  describe('of what no file declares', () => {
    it('says who runs it, and offers to add it', async () => {
      await show(undeclaredLine());
      expect(row()).toHaveTextContent('Not in repository');
      const { verdict, check } = await open();
      expect(verdict).toHaveTextContent(
        'prod-eu runs it; no file of orders declares it.',
      );
      expect(check).toHaveTextContent('prod-eu runs it.');
      await userEvent.click(
        screen.getByRole('button', { name: 'Actions for external-db' }),
      );
      const items = await screen.findAllByRole('menuitem');
      expect(items.map(item => item.textContent)).toEqual([
        'Add it to the repository',
      ]);
    });

    it('names the clusters when catalog-info.yaml names no files', async () => {
      await renderCard(
        response({
          items: [
            mapping({ lines: [undeclaredLine()] }),
            mapping({
              name: 'legacy-db',
              lines: [
                undeclaredLine({
                  environment: DEV,
                  clusters: [cluster({ title: 'dev', sync: 'undeclared' })],
                }),
              ],
            }),
          ],
          sources: [
            repository({
              repository: {
                mode: 'conventional',
                host: 'example.org',
                patterns: ['external-services/'],
                missing: ['external-services/'],
                files: [],
              },
            }),
          ],
        }),
      );
      expect(
        screen.getByText(
          '2 services run for orders in prod-eu and dev, but its catalog-info.yaml names no files.',
        ),
      ).toBeVisible();
      expect(
        screen.getByRole('button', { name: 'Connect existing files' }),
      ).toBeVisible();
    });

    it('shows what differs between two clusters', async () => {
      await show(
        undeclaredLine({
          state: 'drifted',
          clustersDiffer: true,
          clusters: [
            cluster({ sync: 'undeclared' }),
            cluster({
              title: 'prod-us',
              sync: 'undeclared',
              differences: [
                {
                  field: 'target',
                  declared: 'a.example.com',
                  live: 'b.example.com',
                },
              ],
            }),
          ],
          reasons: [
            {
              state: 'drifted',
              code: 'clusters-differ',
              params: {
                cluster: 'prod-us',
                other: 'prod-eu',
                field: 'target',
                declared: 'a.example.com',
                live: 'b.example.com',
              },
            },
          ],
        }),
      );
      const { verdict, check } = await open();
      expect(verdict).toHaveTextContent(
        'prod-us runs b.example.com; prod-eu runs a.example.com.',
      );
      expect(
        within(check)
          .getAllByRole('columnheader')
          .map(cell => cell.textContent),
      ).toEqual(['field', 'prod-eu', 'prod-us']);
    });
  });
});
