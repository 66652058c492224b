/**
 * Most endpoints of one EndpointSlice.
 * Source: Kubernetes `discovery/validation` maxEndpoints.
 */
export const MAX_ENDPOINTS = 1000;
