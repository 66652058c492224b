import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { getCompoundEntityRef, type Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useSignal } from '@backstage/plugin-signals-react';
import { externalServicesApiRef } from '../api/ExternalServicesApi';
import { MappingsStore, type MappingsSnapshot } from './MappingsStore';

/** A snapshot and what can be done about it. */
export interface Mappings extends MappingsSnapshot {
  reload: () => Promise<void>;
  checkNow: () => Promise<void>;
  dismissOutcome: () => void;
}

/** The mappings of an entity, kept fresh by polling and by signals where there are any. */
export function useMappings(entity: Entity): Mappings {
  const api = useApi(externalServicesApiRef);
  const { kind, namespace, name } = getCompoundEntityRef(entity);
  const store = useMemo(
    () => new MappingsStore(api, { kind, namespace, name }),
    [api, kind, namespace, name],
  );
  const snapshot = useSyncExternalStore(store.subscribe, store.getSnapshot);

  useEffect(() => store.start(), [store]);

  const { lastSignal } = useSignal(`external-services:${entity.metadata.uid}`);
  useEffect(() => {
    if (lastSignal) store.follow();
  }, [lastSignal, store]);

  return {
    ...snapshot,
    reload: store.reload,
    checkNow: store.checkNow,
    dismissOutcome: store.dismissOutcome,
  };
}
