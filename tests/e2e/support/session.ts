import type { Page } from '@playwright/test';
import { countRequests } from './fixtures.ts';

/** Where a bearer is asked for, and renewed. */
export const TOKEN = /\/api\/token$/;

/** The requests that carry a bearer and are no part of signing in or out. */
export const countReads = (page: Page) => countRequests(page, 'GET', /^\/api\/public\/teams\//);

/** A field of the page's own storage. */
export const stored = (page: Page, place: 'local' | 'session') =>
  page.evaluate((where) => (where === 'local' ? localStorage : sessionStorage).getItem('portal.session'), place);
