import type { StateCode } from '@external-services/backstage-plugin-external-services-common';
import {
  RiArrowLeftRightLine,
  RiCheckLine,
  RiCheckboxCircleLine,
  RiCloudOffLine,
  RiErrorWarningLine,
  RiFileUnknowLine,
  RiFileWarningLine,
  RiForbidLine,
  RiGitCommitLine,
  RiGitPullRequestLine,
  RiLinkUnlink,
  RiLoader4Line,
  RiQuestionLine,
  RiScalesLine,
  RiShieldCrossLine,
  RiTimerLine,
  RiUploadCloud2Line,
  RiWifiOffLine,
  type RemixiconComponentType,
} from '@remixicon/react';

/** How loud a state is; each tone has one pair of colours. */
export type Tone = 'danger' | 'warning' | 'info' | 'neutral' | 'success';

/** The icon and tone of a state. Shape, word and tone each tell it apart. */
export interface StateLook {
  tone: Tone;
  icon: RemixiconComponentType;
}

/** Icon and tone of every state. */
export const STATE_LOOKS: Record<StateCode, StateLook> = {
  invalid: { tone: 'danger', icon: RiFileWarningLine },
  'not-allowed': { tone: 'danger', icon: RiForbidLine },
  'not-applied': { tone: 'danger', icon: RiCloudOffLine },
  unresolved: { tone: 'danger', icon: RiLinkUnlink },
  unreachable: { tone: 'danger', icon: RiWifiOffLine },
  certificate: { tone: 'danger', icon: RiShieldCrossLine },
  drifted: { tone: 'warning', icon: RiArrowLeftRightLine },
  'answers-differ': { tone: 'warning', icon: RiScalesLine },
  expiring: { tone: 'warning', icon: RiTimerLine },
  undeclared: { tone: 'warning', icon: RiFileUnknowLine },
  'has-warnings': { tone: 'warning', icon: RiErrorWarningLine },
  unknown: { tone: 'neutral', icon: RiQuestionLine },
  'rolling-out': { tone: 'info', icon: RiUploadCloud2Line },
  checking: { tone: 'info', icon: RiLoader4Line },
  proposed: { tone: 'info', icon: RiGitPullRequestLine },
  declared: { tone: 'neutral', icon: RiGitCommitLine },
  resolves: { tone: 'success', icon: RiCheckLine },
  'in-sync': { tone: 'success', icon: RiCheckboxCircleLine },
};

/** True for the states that somebody has to do something about. */
export function needsAttention(state: StateCode): boolean {
  const { tone } = STATE_LOOKS[state];
  return tone === 'danger' || tone === 'warning';
}
