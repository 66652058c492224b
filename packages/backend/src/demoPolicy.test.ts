import { permissionRules } from '@backstage/plugin-catalog-backend/alpha';
import { catalogEntityDeletePermission } from '@backstage/plugin-catalog-common/alpha';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import { externalServicesMappingReadPermission } from '@external-services/backstage-plugin-external-services-common';
import { DemoPolicy } from './demoPolicy';

const entity = (tags?: string[]) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'vault', tags },
});

const mayReadMappings = async (tags?: string[]) => {
  const decision = await new DemoPolicy().handle({
    permission: externalServicesMappingReadPermission,
  });
  const rules = Object.values(permissionRules);
  const authorize = createConditionAuthorizer({
    getRuleByName: name => rules.find(rule => rule.name === name)!,
  });
  return authorize(decision, entity(tags));
};

describe('DemoPolicy', () => {
  it('hides the mappings of confidential entities', async () => {
    expect(await mayReadMappings(['java', 'confidential'])).toBe(false);
  });

  it('shows those of all others', async () => {
    expect(await mayReadMappings(['java'])).toBe(true);
    expect(await mayReadMappings()).toBe(true);
  });

  it('allows everything else', async () => {
    const decision = await new DemoPolicy().handle({
      permission: catalogEntityDeletePermission,
    });
    expect(decision).toEqual({ result: 'ALLOW' });
  });
});
