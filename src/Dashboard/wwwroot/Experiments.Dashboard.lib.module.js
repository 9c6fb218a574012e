// Blazor imports this by its name, and calls it before pages become interactive.
import { registerChartEvents } from './charts/blazor-events.js';

export function afterWebStarted(blazor) {
  registerChartEvents(blazor);
}
