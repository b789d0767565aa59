import { firefox } from '../../browsers/firefox.ts';
import { tryBrowser } from '../../browsers/try-browser.ts';

tryBrowser(firefox, ['long']);
