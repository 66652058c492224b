import type {
  EditOptions,
  ManifestChange,
} from '@external-services/backstage-plugin-external-services-common/yaml';

/**
 * What shall change, and how to tell people.
 *
 * @internal
 */
export interface EditPlan {
  changes: ManifestChange[];
  /** The form of the addresses of what was an alias. Default: EndpointSlice. */
  endpoints?: EditOptions['endpoints'];
  /** Environments of the change; none: it holds in all of them. */
  environments: string[];
  /** `Change target of external-db`. */
  what: string;
  /** What changes and what to know, as Markdown paragraphs. */
  body: string[];
  /** What the branch is named after. */
  branch: string;
  /** What the user should know and no finding says. */
  notes?: string[];
}
