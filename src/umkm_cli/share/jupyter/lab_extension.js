/* JupyterLab's part of the kit, as a federated extension written by hand, without a build.

   It tells when JupyterLab is no longer connected (watch.js stands before this), and shows the trainer's pages
   as cards. */
(() => {
  const PAGES = __PAGES__; // [label, path] of each of the trainer's pages, the first of a class first
  let scope; // the modules that JupyterLab shares
  const shared = async (name) => (await Object.values(scope[name])[0].get())();
  const SHOP = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#0d5c55" '
    + 'd="M3 9l2-5h14l2 5v2a3 3 0 0 1-2 2.8V20H5v-6.2A3 3 0 0 1 3 11z"/></svg>';

  const plugins = async () => {
    const { IConnectionLost, JupyterFrontEnd } = await shared("@jupyterlab/application");
    const { ILauncher } = await shared("@jupyterlab/launcher");
    const { LabIcon } = await shared("@jupyterlab/ui-components");
    const icon = new LabIcon({ name: "umkm:toko", svgstr: SHOP });

    const cards = {
      id: "umkm-kelas:cards",
      autoStart: true,
      requires: [JupyterFrontEnd.IPaths],
      optional: [ILauncher],
      activate: (app, paths, launcher) => {
        umkmWatch({ base: paths.urls.base });
        PAGES.forEach(([label, path], rank) => {
          const command = `umkm-kelas:${rank}`;
          const execute = () => app.commands.execute("docmanager:open", { path });
          app.commands.addCommand(command, { label, icon, execute });
          launcher?.add({ command, category: "Kelas hari ini", rank });
        });
        const asked = /\/(tree|doc)\//.test(location.pathname); // a page by its address
        app.restored.then(() => {
          if (asked) return;
          const open = [...app.shell.widgets("main")].filter((each) => !each.id.startsWith("launcher"));
          if (!open.length) app.commands.execute("umkm-kelas:0");
        });
      },
    };
    // JupyterLab's own dialog is English and asks for a click; umkmWatch tells it and comes back alone.
    const quiet = {
      id: "umkm-kelas:connection-lost",
      provides: IConnectionLost,
      activate: () => async () => {},
    };
    return { __esModule: true, default: [cards, quiet] };
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["umkm-kelas"] = {
    init: (given) => { scope = given; },
    get: async (name) => {
      const found = name === "./style" ? {} : await plugins();
      return () => found;
    },
  };
})();
