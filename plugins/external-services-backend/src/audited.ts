import type {
  AuditorService,
  AuditorServiceCreateEventOptions,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';

/**
 * Does something and records it as an audit event. A recorder that fails is
 * logged and never breaks the request.
 *
 * @internal
 */
export async function audited<T>(
  { auditor, logger }: { auditor: AuditorService; logger: LoggerService },
  options: AuditorServiceCreateEventOptions,
  action: () => Promise<T>,
): Promise<T> {
  const warn = (error: unknown) =>
    logger.warn(`An audit event was not recorded: ${toError(error).message}`);
  const event = await auditor.createEvent(options).catch(warn);
  try {
    const result = await action();
    await event?.success().catch(warn);
    return result;
  } catch (error) {
    await event?.fail({ error: toError(error) }).catch(warn);
    throw error;
  }
}
