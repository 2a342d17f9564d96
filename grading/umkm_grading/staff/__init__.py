"""Former name of `umkm_grading.review`, for copies of notebooks that trainers keep as their own."""
