import { expect } from '@playwright/test';
import type { Mail, Server } from './server.ts';

/** Has a link and a code sent, outside of the browser. */
export async function mailed(server: Server, email: string): Promise<Mail> {
  const { Id } = (await (await server.api('GET', '/api/public/businesses/current')).json()) as { Id: number };
  const query = new URLSearchParams({ email, businessId: String(Id) });
  expect((await server.api('GET', `/api/sys/users/sendOtp?${query}`)).status).toBe(200);
  return server.mail(email);
}
