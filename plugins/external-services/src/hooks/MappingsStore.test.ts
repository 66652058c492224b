import { RequestFailure } from '../api/RequestFailure';
import { FakeExternalServicesApi } from '../__testUtils__/FakeExternalServicesApi';
import { mappingInState } from '../__fixtures__/mappingInState';
import { response } from '../__fixtures__/mappings';
import { MappingsStore } from './MappingsStore';

const ENTITY = { kind: 'component', namespace: 'default', name: 'orders' };
const pass = (seconds: number) => jest.advanceTimersByTimeAsync(seconds * 1000);

describe('MappingsStore', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(Math, 'random').mockReturnValue(0);
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('backs off while requests fail, and comes back to its pace', async () => {
    const api = new FakeExternalServicesApi(new RequestFailure('unreachable'));
    const stop = new MappingsStore(api, ENTITY).start();
    await pass(0);
    expect(api.reads).toBe(1);
    await pass(10);
    expect(api.reads).toBe(2);
    await pass(10);
    expect(api.reads).toBe(2);
    await pass(10);
    expect(api.reads).toBe(3);

    api.answer = response();
    await pass(40);
    expect(api.reads).toBe(4);
    await pass(10);
    expect(api.reads).toBe(5);
    stop();
  });

  it('never waits for more than two minutes', async () => {
    const api = new FakeExternalServicesApi(new RequestFailure('unreachable'));
    const stop = new MappingsStore(api, ENTITY).start();
    await pass(3600);
    const before = api.reads;
    await pass(120);
    expect(api.reads - before).toBe(1);
    stop();
  });

  it('waits for as long as the portal asks for', async () => {
    const api = new FakeExternalServicesApi(
      new RequestFailure('too-many', { seconds: 45 }),
    );
    const stop = new MappingsStore(api, ENTITY).start();
    await pass(44);
    expect(api.reads).toBe(1);
    await pass(1);
    expect(api.reads).toBe(2);
    stop();
  });

  it.each(['forbidden', 'signed-out'] as const)(
    'does not ask again when the answer was %s',
    async kind => {
      const api = new FakeExternalServicesApi(new RequestFailure(kind));
      const stop = new MappingsStore(api, ENTITY).start();
      await pass(3600);
      expect(api.reads).toBe(1);
      stop();
    },
  );

  it('asks at the normal pace when something stays pending for a minute', async () => {
    const api = new FakeExternalServicesApi(
      response({ items: [mappingInState('checking')] }),
    );
    const stop = new MappingsStore(api, ENTITY).start();
    await pass(70);
    const before = api.reads;
    await pass(20);
    expect(api.reads - before).toBe(2);
    stop();
  });

  it('rests while nobody looks at the page', async () => {
    const visibility = jest.spyOn(document, 'visibilityState', 'get');
    const api = new FakeExternalServicesApi(response());
    const stop = new MappingsStore(api, ENTITY).start();
    await pass(0);
    visibility.mockReturnValue('hidden');
    await pass(600);
    expect(api.reads).toBe(1);

    visibility.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    await pass(0);
    expect(api.reads).toBe(2);
    stop();
  });

  it('asks no more once it is stopped', async () => {
    const api = new FakeExternalServicesApi(response());
    const stop = new MappingsStore(api, ENTITY).start();
    await pass(0);
    stop();
    await pass(600);
    expect(api.reads).toBe(1);
  });

  it('shares a request between those who ask at the same time', async () => {
    const api = new FakeExternalServicesApi(response());
    const store = new MappingsStore(api, ENTITY);
    const stop = store.start();
    await Promise.all([store.reload(), store.reload()]);
    expect(api.reads).toBe(1);
    stop();
  });

  it('asks once more for changes that are told while a request runs', async () => {
    const api = new FakeExternalServicesApi(response());
    const store = new MappingsStore(api, ENTITY);
    const stop = store.start();
    expect(api.reads).toBe(1);
    await Promise.all([store.follow(), store.follow()]);
    expect(api.reads).toBe(2);
    stop();
  });
});
