from .project import Partner, Project
from .work import Allotment, Task, Update, UpdatePicture

__all__ = ["Allotment", "Partner", "Project", "Task", "Update", "UpdatePicture"]
