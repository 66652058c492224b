import {
  useCallback,
  useEffect,
  useState,
  type ComponentType,
  type ReactNode,
} from 'react';
import { RequestFailure } from '../api/RequestFailure';
import { useCard } from '../hooks/useCard';
import { PortalFailure } from './PortalFailure';

/**
 * A component whose code is fetched when it is first needed. Unlike with
 * `React.lazy`, code that could not be fetched takes nothing else with it, and
 * can be asked for again: the portal that serves it may be the one that is down.
 */
export function onDemand<TProps extends object>(
  load: () => Promise<ComponentType<TProps>>,
  waiting: (props: TProps) => ReactNode = () => null,
): ComponentType<TProps> {
  let loaded: ComponentType<TProps> | undefined;

  return function OnDemand(props: TProps) {
    const { t } = useCard();
    const [Part, setPart] = useState(() => loaded);
    const [failure, setFailure] = useState<RequestFailure>();

    const fetchPart = useCallback(async () => {
      try {
        const part = await load();
        loaded = part;
        setPart(() => part);
      } catch (error) {
        setFailure(
          new RequestFailure('unreachable', {
            message: String(error),
            cause: error,
          }),
        );
      }
    }, []);
    useEffect(() => {
      if (!loaded) fetchPart();
    }, [fetchPart]);

    if (Part) return <Part {...props} />;
    if (failure) {
      return (
        <PortalFailure
          title={t('portal.part')}
          failure={failure}
          status="danger"
          onRetry={fetchPart}
        />
      );
    }
    return waiting(props);
  };
}
