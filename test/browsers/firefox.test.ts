import { firefox } from './firefox.ts';
import { tryBrowser } from './try-browser.ts';

tryBrowser(firefox, ['usual']);
