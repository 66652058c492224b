import {
  stringifyEntityRef,
  type CompoundEntityRef,
} from '@backstage/catalog-model';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import type {
  MappingsResponse,
  RefreshResponse,
} from '@external-services/backstage-plugin-external-services-common';
import type { ExternalServicesApi } from './ExternalServicesApi';
import {
  RequestFailure,
  deniesReading,
  failureOfError,
  failureOfResponse,
} from './RequestFailure';

const READ_TIMEOUT_SECONDS = 15;
const REFRESH_TIMEOUT_SECONDS = 30;
/** Answers kept for a later visit; the oldest leaves first. */
const MAX_KEPT = 50;

/**
 * {@link ExternalServicesApi} over HTTP.
 *
 * @public
 */
export class ExternalServicesClient implements ExternalServicesApi {
  private readonly fetchApi: FetchApi;
  private readonly kept = new Map<string, MappingsResponse>();

  constructor(options: { fetchApi: FetchApi }) {
    this.fetchApi = options.fetchApi;
  }

  async getMappings(
    entity: CompoundEntityRef,
    options: { signal?: AbortSignal } = {},
  ): Promise<MappingsResponse> {
    const key = stringifyEntityRef(entity);
    // No `if-none-match`: ages travel in the body, and the tag leaves them out.
    return this.request(
      entity,
      'mappings',
      { timeoutSeconds: READ_TIMEOUT_SECONDS, signal: options.signal },
      async response => {
        if (!response.ok) {
          const failure = await failureOfResponse(response);
          if (deniesReading(failure)) {
            // What may no longer be read must not come back from memory.
            this.kept.delete(key);
          }
          throw failure;
        }
        const body = await parse<MappingsResponse>(response, 'items');
        this.keep(key, body);
        return body;
      },
    );
  }

  async refresh(
    entity: CompoundEntityRef,
    options: { signal?: AbortSignal } = {},
  ): Promise<RefreshResponse> {
    return this.request(
      entity,
      'refresh',
      {
        method: 'POST',
        timeoutSeconds: REFRESH_TIMEOUT_SECONDS,
        signal: options.signal,
      },
      async response => {
        if (response.ok) {
          return parse<RefreshResponse>(response, 'status');
        }
        const failure = await failureOfResponse(response);
        if (failure.kind === 'too-many') {
          return { status: 'tooSoon', retryAfter: failure.seconds ?? 0 };
        }
        throw failure;
      },
    );
  }

  lastMappings(entity: CompoundEntityRef): MappingsResponse | undefined {
    return this.kept.get(stringifyEntityRef(entity));
  }

  private keep(key: string, answer: MappingsResponse) {
    this.kept.delete(key);
    this.kept.set(key, answer);
    if (this.kept.size > MAX_KEPT) {
      const [oldest] = this.kept.keys();
      this.kept.delete(oldest);
    }
  }

  /** Sends the request and reads its answer, both within the time limit. */
  private async request<T>(
    entity: CompoundEntityRef,
    resource: 'mappings' | 'refresh',
    options: {
      method?: 'POST';
      timeoutSeconds: number;
      signal?: AbortSignal;
    },
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const { signal, timeoutSeconds } = options;
    signal?.throwIfAborted();
    const path = [entity.kind, entity.namespace, entity.name]
      .map(part => encodeURIComponent(part.toLocaleLowerCase('en-US')))
      .join('/');

    const controller = new AbortController();
    const abort = () => controller.abort();
    const timer = setTimeout(abort, timeoutSeconds * 1000);
    signal?.addEventListener('abort', abort, { once: true });
    try {
      const response = await this.fetchApi.fetch(
        `plugin://external-services/entities/${path}/${resource}`,
        {
          method: options.method,
          signal: controller.signal,
        },
      );
      return await read(response);
    } catch (error) {
      signal?.throwIfAborted();
      throw controller.signal.aborted
        ? new RequestFailure('timeout', { seconds: timeoutSeconds })
        : failureOfError(error);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
  }
}

/** Reads a JSON object that has the given field. */
async function parse<T>(response: Response, field: keyof T): Promise<T> {
  let body: unknown;
  try {
    body = await response.json();
  } catch (error) {
    throw new RequestFailure('unusable', {
      status: response.status,
      cause: error,
    });
  }
  if (typeof body !== 'object' || body === null || !(field in body)) {
    throw new RequestFailure('unusable', { status: response.status });
  }
  return body as T;
}
