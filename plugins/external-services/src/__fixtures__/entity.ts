/** The component that the cards in tests belong to. */
export const orders = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'orders',
    namespace: 'default',
    uid: 'uid-of-orders',
    annotations: {
      'backstage.io/edit-url':
        'https://example.org/shop/orders/edit/main/catalog-info.yaml',
    },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'team-payments' },
};
