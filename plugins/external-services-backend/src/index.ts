/**
 * Reads, resolves and joins external service mappings for catalog entities.
 *
 * @packageDocumentation
 */
export { externalServicesPlugin as default } from './plugin';
