"""The language of the window."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from rlm_desktop import places

#: What the settings may name, each in its own words; "system" is what the computer is set to.
LANGUAGES = {"en": "English", "de": "Deutsch", "zh_CN": "简体中文"}


def use(language: str, app: QApplication) -> None:
    """Speak a language from now on; what is shown already stays as it is."""
    locale = QLocale.system() if language == "system" else QLocale(language)
    if language != "system":
        QLocale.setDefault(locale)  # numbers and dates as the texts around them
    own = str(places.resources() / "translations")
    of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in (("qtbase", of_qt), ("rlm-desktop", own)):
        translator = QTranslator(app)
        # The texts are English as they are: what a file lacks needs no other one.
        if locale.language() != QLocale.Language.English and translator.load(
            locale, name, "_", folder
        ):
            app.installTranslator(translator)
