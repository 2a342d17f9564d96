// Controls that few notebooks use.
export * from "@jupyter-widgets/controls/lib/widget_audio.js";
export * from "@jupyter-widgets/controls/lib/widget_color.js";
export * from "@jupyter-widgets/controls/lib/widget_controller.js";
export * from "@jupyter-widgets/controls/lib/widget_date.js";
export * from "@jupyter-widgets/controls/lib/widget_datetime.js";
export * from "@jupyter-widgets/controls/lib/widget_tagsinput.js";
export * from "@jupyter-widgets/controls/lib/widget_time.js";
export * from "@jupyter-widgets/controls/lib/widget_video.js";
