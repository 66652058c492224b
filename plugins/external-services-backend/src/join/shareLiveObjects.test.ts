import type { ObservedEntity } from '../sources/catalog/ObservedEntity';
import type { LiveObject } from '../sources/cluster/LiveQuery';
import { shareLiveObjects } from './shareLiveObjects';

const NOTHING = {
  entityRefs: [],
  kubernetesIds: [],
  labelled: [],
  names: [],
};

const entity = (name: string): ObservedEntity => ({
  entityRef: `component:default/${name}`,
  kubernetesId: name,
});

const object = (
  kind: 'Service' | 'EndpointSlice',
  service: string,
  given: Partial<LiveObject> & { namespace?: string } = {},
): LiveObject => ({
  sourceId: 'eu',
  cluster: 'eu',
  changedAt: 1,
  ...given,
  manifest: {
    kind,
    metadata: {
      name: kind === 'Service' ? service : `${service}-1`,
      namespace: given.namespace ?? 'shop',
      labels: { 'kubernetes.io/service-name': service },
    },
  },
});

describe('shareLiveObjects', () => {
  it('gives a Service with all its slices to whoever one of them is of, in the order they were found', () => {
    const found = [
      object('EndpointSlice', 'b', { kubernetesId: 'orders' }),
      object('Service', 'a', { externalId: 'component:default/orders#a' }),
      object('EndpointSlice', 'a'),
      object('Service', 'b'),
      object('Service', 'c', { kubernetesId: 'cart' }),
    ];
    const shareOf = shareLiveObjects(found);
    const [sliceOfB, serviceA, sliceOfA, serviceB, serviceC] = found;
    expect(shareOf(entity('orders'), NOTHING)).toEqual([
      sliceOfB,
      serviceB,
      serviceA,
      sliceOfA,
    ]);
    expect(shareOf(entity('cart'), NOTHING)).toEqual([serviceC]);
    expect(shareOf(entity('order'), NOTHING)).toEqual([]);
  });

  it('gives what an entity asks for by name, in that cluster and namespace alone', () => {
    const found = [
      object('Service', 'db'),
      object('Service', 'db', { namespace: 'payments' }),
      object('Service', 'db', { sourceId: 'us' }),
    ];
    const names = [
      { sourceIds: ['eu', 'none'], namespace: 'shop', name: 'db' },
    ];
    expect(
      shareLiveObjects(found)(entity('orders'), { ...NOTHING, names }),
    ).toEqual([found[0]]);
  });

  it('takes no identity for the label of another entity', () => {
    const found = [
      object('Service', 'db', { kubernetesId: 'component:default/orders' }),
      object('Service', 'db2', { externalId: 'orders#db2' }),
    ];
    expect(shareLiveObjects(found)(entity('orders'), NOTHING)).toEqual([]);
  });
});
