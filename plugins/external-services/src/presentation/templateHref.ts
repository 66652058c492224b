import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';

/** Link to a template's form, with the component and what else is known filled in. */
export function templateHref(
  templateRef: string,
  entity: Entity,
  known: Record<string, string | undefined> = {},
): string {
  const { namespace, name } = parseEntityRef(templateRef, {
    defaultKind: 'template',
    defaultNamespace: 'default',
  });
  const formData = JSON.stringify({
    component: stringifyEntityRef(entity),
    ...known,
  });
  return `/create/templates/${encodeURIComponent(
    namespace,
  )}/${encodeURIComponent(name)}?formData=${encodeURIComponent(formData)}`;
}
