/**
 * Shows the external services of a catalog entity and what they resolve to.
 *
 * @packageDocumentation
 */
export { externalServicesPlugin as default } from './plugin';
export {
  externalServicesApiRef,
  type ExternalServicesApi,
} from './api/ExternalServicesApi';
export { ExternalServicesClient } from './api/ExternalServicesClient';
export { RequestFailure, type RequestFailureKind } from './api/RequestFailure';
