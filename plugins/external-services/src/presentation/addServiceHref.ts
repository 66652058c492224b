import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';

/** Link to the template's form with the component filled in. */
export function addServiceHref(templateRef: string, entity: Entity): string {
  const { namespace, name } = parseEntityRef(templateRef, {
    defaultKind: 'template',
    defaultNamespace: 'default',
  });
  const formData = JSON.stringify({ component: stringifyEntityRef(entity) });
  return `/create/templates/${encodeURIComponent(
    namespace,
  )}/${encodeURIComponent(name)}?formData=${encodeURIComponent(formData)}`;
}
