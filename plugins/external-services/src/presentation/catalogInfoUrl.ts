import {
  ANNOTATION_EDIT_URL,
  ANNOTATION_VIEW_URL,
  type Entity,
} from '@backstage/catalog-model';

/** Where catalog-info.yaml can be changed, or at least seen, in a browser. */
export function catalogInfoUrl(entity: Entity): string | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const url =
    annotations[ANNOTATION_EDIT_URL] ?? annotations[ANNOTATION_VIEW_URL];
  // Annotations come from files that anybody may write.
  return url && /^https?:\/\//i.test(url) ? url : undefined;
}
