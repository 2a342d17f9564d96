{%- extends 'nbgrader/manage_assignments.tpl' -%}

{%- block head -%}
{{ super() }}
<script>
// The files of a task hold its answer key, and lie outside the folder that JupyterLab shows.
linkTo = function () { return function (_, element) { return element; }; };
</script>
<style>
/* Steps that the workshop and the umkm command do, and how far they are for nbgrader alone. */
#main-table .status, #main-table .assign, #main-table .preview, #main-table .release, #main-table .collect,
#main-table .generate-feedback, #main-table .release-feedback,
thead .elsewhere { display: none; }
#main-table .name a { color: inherit; cursor: default; text-decoration: none; }
</style>
{%- endblock -%}

{%- block title -%}
Daftar tugas
{%- endblock -%}

{%- block breadcrumbs -%}
<ol class="breadcrumb">
  <li class="active">Tugas</li>
</ol>
{%- endblock -%}

{%- block messages -%}
<div class="alert alert-info">
  <p>Di sini terlihat semua tugas kelas ini. Tugas dibuka dan jawaban dikumpulkan dengan sendirinya.</p>
  <ul>
    <li>Menilai: pilih <b>Manual Grading</b> di sebelah kiri.</li>
    <li>Melihat kiriman satu tugas: klik angka di kolom Kiriman.</li>
    <li>Mengganti batas waktu: klik pensil.</li>
    <li>Membagikan hasil kepada peserta: buka <b>Periksa uraian</b> di JupyterLab, lalu <b>Perlihatkan hasil ke peserta</b>.</li>
  </ul>
</div>
{%- endblock -%}

{%- block table_header -%}
<tr>
  <th>Tugas</th>
  <th class="text-center">Batas waktu</th>
  <th class="elsewhere"></th>
  <th class="text-center no-sort">Ubah</th>
  <th class="elsewhere no-sort"></th>
  <th class="elsewhere no-sort"></th>
  <th class="elsewhere no-sort"></th>
  <th class="elsewhere no-sort"></th>
  <th class="text-center">Kiriman</th>
  <th class="elsewhere no-sort"></th>
  <th class="elsewhere no-sort"></th>
</tr>
{%- endblock -%}

{%- block table_body -%}
<tr><td colspan="4">Tunggu sebentar…</td></tr>
{%- endblock -%}

{%- block table_footer -%}
{%- endblock -%}
