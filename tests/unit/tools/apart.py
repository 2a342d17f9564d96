"""A stand-in for worker processes: what is called there is pickled on its way and back."""

import pickle


class Pickled:
    """Calls functions as a worker process would, and records their names."""

    def __init__(self):
        self.called = []

    def __call__(self, function, /, *args):
        function, args = pickle.loads(pickle.dumps((function, args)))
        self.called.append(function.__name__)
        return pickle.loads(pickle.dumps(function(*args)))
