import type {
  MappingsResponse,
  RefreshResponse,
} from '@external-services/backstage-plugin-external-services-common';
import type { ExternalServicesApi } from '../api/ExternalServicesApi';
import type { RequestFailure } from '../api/RequestFailure';

/** What a request is answered with: an answer, a failure, or nothing ever. */
export type Answer = MappingsResponse | RequestFailure | 'never';

/** The backend as the card sees it; its answers can be changed at any time. */
export class FakeExternalServicesApi implements ExternalServicesApi {
  /** How often the mappings were asked for. */
  reads = 0;
  /** How often a check was asked for. */
  refreshes = 0;
  refreshAnswer: RefreshResponse | RequestFailure = {
    status: 'refreshed',
    retryAfter: 0,
  };

  constructor(
    public answer: Answer,
    private readonly previous?: MappingsResponse,
  ) {}

  async getMappings(): Promise<MappingsResponse> {
    this.reads += 1;
    if (this.answer === 'never') return new Promise(() => {});
    if (this.answer instanceof Error) throw this.answer;
    return this.answer;
  }

  async refresh(): Promise<RefreshResponse> {
    this.refreshes += 1;
    if (this.refreshAnswer instanceof Error) throw this.refreshAnswer;
    return this.refreshAnswer;
  }

  lastMappings(): MappingsResponse | undefined {
    return this.previous;
  }
}
