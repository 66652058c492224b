export { createNamespace } from './createNamespace';
export { describeWithControlPlane } from './describeWithControlPlane';
export { sharedControlPlane } from './sharedControlPlane';
