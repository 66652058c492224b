/**
 * Scaffolder actions that write the manifests of external services.
 *
 * @packageDocumentation
 */
export { createGenerateAction } from './actions/createGenerateAction';
export { createLocateAction } from './actions/createLocateAction';
export { createValidateAction } from './actions/createValidateAction';
export { scaffolderModuleExternalServices as default } from './module';
