const linked = new Set();

/** Charts that point at the same experiment: where one says `chart-hover`, the others of the same `link` show it. */
export const links = {
    /** @returns What ends it. */
    join(chart) {
        const tell = ({ detail }) => {
            const link = chart.getAttribute('link');
            for (const other of linked) {
                if (link && other !== chart && other.getAttribute('link') === link) other.point(detail.id, detail.epoch);
            }
        };
        linked.add(chart);
        chart.addEventListener('chart-hover', tell);
        return () => {
            linked.delete(chart);
            chart.removeEventListener('chart-hover', tell);
        };
    },
};
