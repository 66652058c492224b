import type { ControlPlaneInfo } from '../control-plane/ControlPlaneInfo';

/** What the process of the test run tells its workers. */
export type SharedAnswer = { info: ControlPlaneInfo } | { error: string };

/** Environment variable with the loopback port that gives the {@link SharedAnswer}. */
export const SHARED_PORT_VARIABLE = 'SHARED_CONTROL_PLANE_PORT';
