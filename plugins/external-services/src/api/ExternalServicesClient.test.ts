import { ExternalServicesClient } from './ExternalServicesClient';
import { RequestFailure } from './RequestFailure';

const ENTITY = { kind: 'Component', namespace: 'default', name: 'Orders' };
const BODY = {
  items: [],
  sources: [],
  findings: [],
  actions: { refresh: true, templates: {} },
};

const json = (body: unknown, init: ResponseInit = {}) =>
  new Response(JSON.stringify(body), init);

function client(...answers: (Response | Error)[]) {
  const fetch = jest.fn(async (_url: unknown, _init?: RequestInit) => {
    const answer = answers.shift();
    if (answer instanceof Response) return answer;
    throw answer ?? new Error('no answer left');
  });
  return { fetch, client: new ExternalServicesClient({ fetchApi: { fetch } }) };
}

const failureOf = async (promise: Promise<unknown>) => {
  try {
    await promise;
  } catch (error) {
    return error as RequestFailure;
  }
  throw new Error('expected a failure');
};

describe('ExternalServicesClient', () => {
  it('asks the plugin for the mappings of an entity', async () => {
    const { client: api, fetch } = client(json(BODY));

    await expect(api.getMappings(ENTITY)).resolves.toEqual(BODY);
    expect(fetch.mock.calls[0][0]).toBe(
      'plugin://external-services/entities/component/default/orders/mappings',
    );
  });

  it('asks for the whole answer every time, so that ages stay true', async () => {
    const later = { ...BODY, seenAt: '2026-11-22T10:00:10.000Z' };
    const headers = { etag: 'W/"1"' };
    const { client: api, fetch } = client(
      json({ ...BODY, seenAt: '2026-11-22T10:00:00.000Z' }, { headers }),
      json(later, { headers }),
    );
    await api.getMappings(ENTITY);

    await expect(api.getMappings(ENTITY)).resolves.toEqual(later);
    const sent = new Headers(fetch.mock.calls[1][1]?.headers);
    expect(sent.has('if-none-match')).toBe(false);
    expect(api.lastMappings(ENTITY)).toEqual(later);
  });

  it('forgets what may no longer be read', async () => {
    const { client: api } = client(
      json(BODY),
      json({ error: { message: 'denied' } }, { status: 403 }),
    );
    await api.getMappings(ENTITY);
    await failureOf(api.getMappings(ENTITY));

    expect(api.lastMappings(ENTITY)).toBeUndefined();
  });

  it('keeps the last answer when the portal fails', async () => {
    const { client: api } = client(
      json(BODY),
      new TypeError('Failed to fetch'),
    );
    await api.getMappings(ENTITY);
    await failureOf(api.getMappings(ENTITY));

    expect(api.lastMappings(ENTITY)).toEqual(BODY);
  });

  it('keeps the answers of the last fifty entities only', async () => {
    const { client: api } = client(
      ...Array.from({ length: 51 }, () => json(BODY)),
    );
    for (let index = 0; index <= 50; index++) {
      await api.getMappings({ ...ENTITY, name: `c${index}` });
    }

    expect(api.lastMappings({ ...ENTITY, name: 'c0' })).toBeUndefined();
    expect(api.lastMappings({ ...ENTITY, name: 'c1' })).toBeDefined();
  });

  it.each([
    ['401', json({}, { status: 401 }), { kind: 'signed-out' }],
    ['403', json({}, { status: 403 }), { kind: 'forbidden' }],
    [
      '404 of the plugin',
      json({ error: { message: 'No such entity' } }, { status: 404 }),
      { kind: 'not-found', message: 'No such entity' },
    ],
    [
      '404 of a portal without the plugin',
      new Response('Not found', { status: 404 }),
      { kind: 'not-installed' },
    ],
    [
      '429',
      json({}, { status: 429, headers: { 'retry-after': '17' } }),
      { kind: 'too-many', seconds: 17 },
    ],
    [
      '429 without a time',
      json({}, { status: 429 }),
      { kind: 'too-many', seconds: 10 },
    ],
    ['500', json({}, { status: 500 }), { kind: 'status', status: 500 }],
    ['HTML', new Response('<html>'), { kind: 'unusable' }],
    ['another JSON', json({ ok: true }), { kind: 'unusable' }],
    ['no network', new TypeError('Failed to fetch'), { kind: 'unreachable' }],
  ])('maps %s', async (_, answer, expected) => {
    const { client: api } = client(answer);

    expect(await failureOf(api.getMappings(ENTITY))).toMatchObject(expected);
  });

  it('asks for a check, and says when that is too soon', async () => {
    const { client: api, fetch } = client(
      json({ status: 'refreshed', retryAfter: 0 }),
      json({}, { status: 429, headers: { 'retry-after': '5' } }),
    );

    await expect(api.refresh(ENTITY)).resolves.toEqual({
      status: 'refreshed',
      retryAfter: 0,
    });
    expect(fetch.mock.calls[0][1]?.method).toBe('POST');
    await expect(api.refresh(ENTITY)).resolves.toEqual({
      status: 'tooSoon',
      retryAfter: 5,
    });
  });

  describe('with a backend that does not answer', () => {
    const hanging = () =>
      new ExternalServicesClient({
        fetchApi: {
          fetch: (_url: unknown, init?: RequestInit) =>
            new Promise((_resolve, reject) => {
              init?.signal?.addEventListener('abort', () =>
                reject(new DOMException('Aborted', 'AbortError')),
              );
            }),
        },
      });

    it('gives up after 15 s', async () => {
      jest.useFakeTimers();
      const failure = failureOf(hanging().getMappings(ENTITY));
      await jest.advanceTimersByTimeAsync(15_000);
      jest.useRealTimers();

      expect(await failure).toMatchObject({ kind: 'timeout', seconds: 15 });
    });

    it('stops when its caller does, with the reason of the caller', async () => {
      const controller = new AbortController();
      const failure = failureOf(
        hanging().getMappings(ENTITY, { signal: controller.signal }),
      );
      controller.abort();

      expect(await failure).toMatchObject({ name: 'AbortError' });
    });
  });
});
