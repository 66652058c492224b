import {
  isDnsTarget,
  type Target,
} from '@external-services/backstage-plugin-external-services-common';
import { code } from './markdown';

/**
 * A target as Markdown: a host name, or addresses with commas between them.
 *
 * @internal
 */
export function targetText(target: Target): string {
  return isDnsTarget(target)
    ? code(target.dnsName)
    : target.addresses.map(code).join(', ');
}
