"""The pages a trainee's browser opens."""
