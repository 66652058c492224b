import { act, screen } from '@testing-library/react';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { MappingsResponse } from '@external-services/backstage-plugin-external-services-common';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { externalServicesApiRef } from '../api/ExternalServicesApi';
import { RequestFailure } from '../api/RequestFailure';
import { FakeExternalServicesApi } from '../__testUtils__/FakeExternalServicesApi';
import { orders } from '../__fixtures__/entity';
import { mappingInState } from '../__fixtures__/mappingInState';
import {
  ago,
  ENVIRONMENTS,
  line,
  mapping,
  repository,
  response,
  unresolvedLine,
} from '../__fixtures__/mappings';
import { renderCard } from '../__testUtils__/renderCard';
import { ExternalServicesCard } from './ExternalServicesCard';

const pass = (seconds: number) =>
  act(async () => {
    await jest.advanceTimersByTimeAsync(seconds * 1000);
  });
const broken = () =>
  response({
    items: [
      mapping({ lines: [unresolvedLine({ environment: ENVIRONMENTS.prod })] }),
    ],
  });
const healthy = () =>
  response({
    items: [mapping({ lines: [line({ environment: ENVIRONMENTS.prod })] })],
  });
const press = (name: string) =>
  act(async () => {
    screen.getByRole('button', { name }).click();
  });

describe('ExternalServicesCard over time', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: Date.parse('2026-11-22T12:00:00Z') });
    localStorage.clear();
  });
  afterEach(() => jest.useRealTimers());

  it('asks again every 10 s and shows what changed', async () => {
    const api = await renderCard(healthy());
    expect(screen.getByText('Resolves')).toBeInTheDocument();

    api.answer = broken();
    await pass(10);
    expect(screen.getByText('Does not resolve')).toBeInTheDocument();
  });

  it('asks again every second while something is checked for the first time', async () => {
    const api = await renderCard(
      response({ items: [mappingInState('checking')] }),
    );
    const before = api.reads;
    await pass(3);
    expect(api.reads - before).toBe(3);
  });

  it('asks again at once when a signal comes', async () => {
    let send = (_: { changed: true }) => {};
    const channels: string[] = [];
    const api = new FakeExternalServicesApi(healthy());
    await renderInTestApp(
      <EntityProvider entity={orders}>
        <ExternalServicesCard />
      </EntityProvider>,
      {
        apis: [
          [externalServicesApiRef, api],
          [
            signalApiRef,
            {
              subscribe: <T,>(
                channel: string,
                onMessage: (message: T) => void,
              ) => {
                channels.push(channel);
                send = message => onMessage(message as T);
                return { unsubscribe: () => {} };
              },
            },
          ],
        ],
      },
    );
    expect(channels).toEqual(['external-services:uid-of-orders']);

    api.answer = broken();
    await act(async () => send({ changed: true }));
    await pass(0.1);
    expect(screen.getByText('Does not resolve')).toBeInTheDocument();

    // A second change is told before the answer to the first is there.
    let answer = (_: MappingsResponse) => {};
    jest.spyOn(api, 'getMappings').mockReturnValueOnce(
      new Promise(resolve => {
        answer = resolve;
      }),
    );
    await act(async () => send({ changed: true }));
    await act(async () => send({ changed: true }));
    api.answer = healthy();
    await act(async () => answer(broken()));
    await pass(0.1);
    expect(screen.getByText('Resolves')).toBeInTheDocument();
  });

  it('keeps the last answer while the portal fails, and says so after 60 s', async () => {
    const api = await renderCard(healthy());
    api.answer = new RequestFailure('unreachable');
    await pass(30);
    expect(screen.getByText('Resolves')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();

    await pass(90);
    expect(screen.getByRole('alert')).toHaveTextContent(
      /^Live updates are paused\. Shown is the state of .*This is a problem of the portal, not of orders\./,
    );
    expect(screen.getByText('Resolves')).toBeInTheDocument();

    api.answer = healthy();
    await press('Try again');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('takes everything away when the permission is withdrawn', async () => {
    const api = await renderCard(healthy());
    api.answer = new RequestFailure('forbidden', { status: 403 });
    await pass(10);

    expect(
      screen.getByText('You cannot see these mappings'),
    ).toBeInTheDocument();
    expect(screen.queryByText('db.example.com')).not.toBeInTheDocument();
  });

  it('takes everything away when the entity may no longer be read', async () => {
    const api = await renderCard(healthy());
    api.answer = new RequestFailure('not-found', { status: 404 });
    await pass(10);

    expect(
      screen.getByText('External services could not be loaded'),
    ).toBeInTheDocument();
    expect(screen.queryByText('db.example.com')).not.toBeInTheDocument();
    expect(Object.keys(localStorage).join()).not.toContain('count');
  });

  it('lets ages grow', async () => {
    await renderCard(
      new FakeExternalServicesApi('never', response({ seenAt: ago(20) })),
    );
    expect(screen.getAllByText('20 sec. ago')[0]).toBeInTheDocument();
    await pass(60);
    expect(screen.getAllByText('1 min. ago')[0]).toBeInTheDocument();
  });

  it('checks now: rows stay, ages say so, and the result is a sentence', async () => {
    const api = await renderCard(healthy());
    await press('Check now');

    expect(api.refreshes).toBe(1);
    expect(
      screen.getByText('Checked now. Nothing changed.'),
    ).toBeInTheDocument();
    await pass(11);
    expect(
      screen.queryByText('Checked now. Nothing changed.'),
    ).not.toBeInTheDocument();

    api.answer = broken();
    await press('Check now');
    expect(screen.getByText('Checked now. 1 change.')).toBeInTheDocument();
  });

  it('names the source that a check waits for after 5 s', async () => {
    const pending = response({
      sources: [
        repository({ status: 'pending', title: 'example.org/shop/orders' }),
      ],
    });
    const api = await renderCard(healthy());
    api.answer = pending;
    await press('Check now');
    expect(screen.getAllByText('checking')[0]).toBeInTheDocument();
    expect(screen.getByRole('heading', { level: 4 })).toBeInTheDocument();

    await pass(6);
    expect(
      screen.getByText('Still checking example.org/shop/orders'),
    ).toBeInTheDocument();

    api.answer = healthy();
    await pass(1);
    expect(
      screen.getByText('Checked now. Nothing changed.'),
    ).toBeInTheDocument();
  });

  it('does not claim a result while the portal is still checking', async () => {
    const api = await renderCard(healthy());
    api.refreshAnswer = { status: 'checking', retryAfter: 0 };
    await press('Check now');

    expect(
      screen.getByText('Still checking. The card follows by itself.'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Nothing changed/)).not.toBeInTheDocument();
    expect(screen.queryByText('checking')).not.toBeInTheDocument();
  });

  it('says when a check comes too soon', async () => {
    const api = await renderCard(healthy());
    api.refreshAnswer = {
      status: 'tooSoon',
      retryAfter: 7.2,
      checkedAt: ago(3),
    };
    await press('Check now');

    expect(
      screen.getByText('Checked 3 sec. ago. You can check again in 8 s.'),
    ).toBeInTheDocument();
  });

  it('blames the portal when a check cannot be started, and keeps the rows', async () => {
    const api = await renderCard(healthy());
    api.refreshAnswer = new RequestFailure('status', { status: 502 });
    await press('Check now');

    expect(screen.getByRole('alert')).toHaveTextContent(
      'The check could not be startedThis is a problem of the portal, not of orders. Its server answered with status 502.',
    );
    expect(screen.getByRole('heading', { level: 4 })).toBeInTheDocument();
  });

  it('reads changes out in sum, at most every 10 s', async () => {
    const api = await renderCard(healthy());
    const said = 'external-db now does not resolve in prod';
    api.answer = broken();
    await pass(10);
    await pass(0.1);
    expect(screen.getByText(said)).toBeInTheDocument();

    api.answer = healthy();
    await act(async () => {
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await pass(2);
    expect(screen.getByText(said)).toBeInTheDocument();
    await pass(8);
    expect(
      screen.getByText('external-db now resolves in prod'),
    ).toBeInTheDocument();
  });
});
