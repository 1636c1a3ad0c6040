# The application alone; PostgreSQL and Elasticsearch come from their own images (compose.yaml).
FROM python:3.13-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
RUN useradd --system --create-home --home-dir /home/zufi zufi \
    && mkdir -p /srv/static /srv/media \
    && chown zufi /srv/static /srv/media

COPY requirements.txt .
RUN pip install --disable-pip-version-check -r requirements.txt

COPY manage.py ./
COPY zufi zufi
COPY behoerden behoerden
COPY leistungen leistungen
COPY editorial_workflows editorial_workflows
COPY search search
COPY templates templates
COPY fixtures fixtures

# Addresses and key are those of the build only: nothing is asked and nothing is kept.
RUN DJANGO_SETTINGS_MODULE=zufi.settings.production SECRET_KEY=build ALLOWED_HOSTS=localhost \
    DATABASE_URL=postgresql://build@127.0.0.1:1/build ELASTICSEARCH_URL=http://127.0.0.1:1 \
    STATIC_ROOT=/srv/static python manage.py collectstatic --noinput --verbosity 0

USER zufi
ENV DJANGO_SETTINGS_MODULE=zufi.settings.production STATIC_ROOT=/srv/static MEDIA_ROOT=/srv/media
EXPOSE 8000
CMD ["gunicorn", "zufi.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4"]
