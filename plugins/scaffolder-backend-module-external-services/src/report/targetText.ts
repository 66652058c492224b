import {
  isDnsTarget,
  type Target,
} from '@external-services/backstage-plugin-external-services-common';

/**
 * A target as Markdown: a host name, or addresses with commas between them.
 *
 * @internal
 */
export function targetText(target: Target): string {
  return isDnsTarget(target)
    ? `\`${target.dnsName}\``
    : target.addresses.map(address => `\`${address}\``).join(', ');
}
