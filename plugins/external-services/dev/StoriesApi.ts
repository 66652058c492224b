import type { CompoundEntityRef } from '@backstage/catalog-model';
import type {
  MappingsResponse,
  RefreshResponse,
} from '@external-services/backstage-plugin-external-services-common';
import { STORIES } from '../src/__fixtures__/stories';
import type { ExternalServicesApi } from '../src/api/ExternalServicesApi';

/** Answers with the story that is named like the entity. */
export class StoriesApi implements ExternalServicesApi {
  private readonly answers = new Map<string, MappingsResponse>();

  async getMappings({ name }: CompoundEntityRef): Promise<MappingsResponse> {
    const { answer, failure } = STORIES[name];
    if (failure) throw failure;
    if (!answer) return new Promise(() => {});
    const kept = this.answers.get(name) ?? answer();
    this.answers.set(name, kept);
    return kept;
  }

  async refresh({ name }: CompoundEntityRef): Promise<RefreshResponse> {
    await new Promise(resolve => setTimeout(resolve, 1000));
    this.answers.delete(name);
    return { status: 'refreshed', retryAfter: 0 };
  }

  lastMappings(): undefined {
    return undefined;
  }
}
