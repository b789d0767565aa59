/** What uPlot's elements look like, as text: for shadow roots. */
export { default as plotStyles } from 'uplot/dist/uPlot.min.css?inline';
